import { expect, test } from './fixtures.ts';

test('an idle tab follows a turn that begins in another', async ({ tab, person, script }) => {
  const chatId = await person.api.createChat();
  await tab.open(chatId);
  const idle = await person.openTab(chatId);
  const question = script('words=8 stamp');
  await tab.ask(question.text);
  await expect(idle.questions).toHaveText([question.text]);
  await expect(idle.chats.getByRole('img', { name: 'Answering' })).toBeVisible();
  question.release(4);
  for (const each of [tab, idle]) await expect(each.answer).toHaveText(await question.said(4));
  question.release(4);
  await expect(idle.answer).toHaveAttribute('aria-busy', 'false');
  await expect(idle.answer).toHaveText(await question.saidAll());
  await expect(idle.chats.getByRole('img', { name: 'Answering' })).toBeHidden();
});

test('a tab follows a turn that a program begins over the API', async ({ tab, person, script }) => {
  const chatId = await person.api.createChat();
  await tab.open(chatId);
  const question = script('words=3 stamp');
  await person.api.startRun(chatId, question.text);
  question.release(3);
  await expect(tab.questions).toHaveText([question.text]);
  await expect(tab.answer).toHaveText(await question.saidAll());
});
