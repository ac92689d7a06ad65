import { expect, test } from './fixtures.ts';
import { holdLiveEvents } from './held-events.ts';
import { ChatTab } from './person/chat-tab.ts';

test('a second message from a tab that does not know of the answer yet waits for it', async ({ tab, person, script }) => {
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
  const typed = script('words=3 stamp');
  await tab.ask(question.text);
  question.release(4);
  await expect(tab.answers).toHaveCount(2);
  await late.ask(typed.text);
  await expect(late.box).toHaveValue('');
  await expect(tab.queued).toHaveText([typed.text]);
  network.release();
  await expect(late.queued).toHaveText([typed.text]);
  await expect(late.questions).toHaveText([first.text, question.text]);

  question.release(6);
  typed.release(3);
  for (const each of [tab, late]) {
    await expect(each.questions).toHaveText([first.text, question.text, typed.text]);
    await expect(each.answer).toHaveText(await typed.saidAll());
    await expect(each.answers.nth(1)).toHaveText(await question.saidAll());
  }
  expect(await person.api.texts(chatId)).toHaveLength(6);
});

test('of two messages sent at the same instant one is answered first and the other next', async ({ tab, person, script }) => {
  const first = script('words=1 stamp');
  const chatId = await tab.begin(first.text);
  first.release(1);
  const tabs = [tab, await person.openTab(chatId)] as const;
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const questions = [script('words=3 stamp'), script('words=3 stamp')] as const;
  for (const [index, each] of tabs.entries()) await each.box.fill(questions[index]!.text);
  await Promise.all(tabs.map((each) => each.sendButton.click()));
  const winner = await Promise.race(questions.map((question) => question.request().then(() => question)));
  const other = winner === questions[0] ? questions[1] : questions[0];
  for (const each of tabs) {
    await expect(each.box).toHaveValue('');
    await expect(each.queued).toHaveText([other.text]);
  }
  winner.release(3);
  other.release(3);
  for (const each of tabs) {
    await expect(each.questions).toHaveText([first.text, winner.text, other.text]);
    await expect(each.answer).toHaveText(await other.saidAll());
    await expect(each.answers.nth(1)).toHaveText(await winner.saidAll());
  }
  expect(await person.api.texts(chatId)).toHaveLength(6);
});
