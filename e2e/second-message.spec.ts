import { expect, test } from './fixtures.ts';
import { holdLiveEvents } from './held-events.ts';
import { ChatTab } from './person/chat-tab.ts';
import { failedRequests } from './trouble.ts';

test('a second message from a tab that does not know of the answer yet is kept in the box', async ({
  tab,
  person,
  script,
  trouble,
}) => {
  const first = script('words=2 stamp');
  const chatId = await tab.begin(first.text);
  first.release(2);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');

  const late = new ChatTab(await person.context.newPage());
  const network = await holdLiveEvents(late.page);
  await late.open(chatId);
  await expect(late.answer).toHaveText(await first.saidAll());
  network.hold();

  const question = script('words=10 stamp');
  await tab.ask(question.text);
  question.release(4);
  trouble.expect(failedRequests);
  await late.ask('Typed meanwhile');
  await expect(late.box).toHaveValue('Typed meanwhile');
  network.release();
  await expect(late.page.getByText('Your text is kept')).toBeVisible();
  await expect(late.questions).toHaveText([first.text, question.text]);

  question.release(6);
  await expect(late.answer).toHaveAttribute('aria-busy', 'false');
  for (const each of [tab, late]) await expect(each.answer).toHaveText(await question.saidAll());
  await expect(late.box).toHaveValue('Typed meanwhile');
  expect(await person.api.texts(chatId)).toHaveLength(4);
});

test('a message sent while the answer is still being written stays in the box', async ({ tab, person, script }) => {
  const question = script('words=6 stamp');
  const chatId = await tab.begin(question.text);
  question.release(3);
  await tab.ask('Typed meanwhile');
  await expect(tab.page.getByText('Your text is kept')).toBeVisible();
  await expect(tab.box).toHaveValue('Typed meanwhile');
  question.release(3);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.answer).toHaveText(await question.saidAll());
  expect(await person.api.texts(chatId)).toHaveLength(2);
});

test('of two messages sent at the same instant one is answered and the other kept', async ({
  tab,
  person,
  script,
  trouble,
}) => {
  const first = script('words=1 stamp');
  const chatId = await tab.begin(first.text);
  first.release(1);
  const tabs = [tab, await person.openTab(chatId)] as const;
  const questions = [script('words=3 stamp'), script('words=3 stamp')] as const;
  for (const [index, each] of tabs.entries()) await each.box.fill(questions[index]!.text);
  trouble.expect(failedRequests);
  await Promise.all(tabs.map((each) => each.sendButton.click()));
  const winner = await Promise.race(questions.map((question) => question.request().then(() => question)));
  const kept = winner === questions[0] ? 1 : 0;
  await expect(tabs[kept].box).toHaveValue(questions[kept].text);
  winner.release(3);
  for (const each of tabs) {
    await expect(each.answers).toHaveCount(2);
    await expect(each.answer).toHaveText(await winner.saidAll());
  }
  expect(await person.api.texts(chatId)).toHaveLength(4);
  await tabs[kept].sendButton.click();
  questions[kept].release(3);
  await expect(tab.answers).toHaveCount(3);
  await expect(tabs[1 - kept]!.questions).toHaveText([first.text, winner.text, questions[kept].text]);
});
