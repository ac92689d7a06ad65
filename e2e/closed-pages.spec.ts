import { scriptedText } from '#server/testing/scripted-text';
import { expect, test } from './fixtures.ts';

test('a run finishes after every page was closed, and the whole answer is there when one opens', async ({
  tab,
  person,
  script,
}) => {
  const question = script('words=60');
  const chatId = await tab.begin(question.text);
  const second = await person.openTab(chatId);
  question.release(10);
  await expect(second.answer).toContainText('1.10');
  await Promise.all([tab.page.close(), second.page.close()]);

  question.release(50);
  await expect.poll(async () => (await person.api.latestRun(chatId)).status).toBe('succeeded');
  expect((await question.request()).abortedAt).toBeNull();

  const reopened = await person.openTab(chatId);
  await expect(reopened.answer).toContainText('1.60');
  await expect(reopened.answer).toHaveAttribute('aria-busy', 'false');
  expect((await person.api.texts(chatId))[1]).toBe(scriptedText(60));
});
