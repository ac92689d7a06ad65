import { scriptedText } from '#server/testing/scripted-text';
import { expect, test } from './fixtures.ts';

test('words appear one after the other, as the provider says them', async ({ tab, script }) => {
  const question = script('words=12 stamp');
  await tab.ask(question.text);
  await expect(tab.status).toHaveText('Waiting for the first word…');
  await expect(tab.answer).toHaveAttribute('aria-busy', 'true');
  for (const [words, more] of [[1, 1], [2, 1], [5, 3], [10, 5]] as const) {
    question.release(more);
    await expect(tab.answer).toHaveText(await question.said(words));
    await expect(tab.status).toHaveText('Writing…');
  }
  question.release(2);
  await expect(tab.answer).toHaveText(await question.said(12));
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.status).toHaveText('');
});

test('the finished text is what the provider sent, byte for byte', async ({ tab, person, script }) => {
  const question = script('words=150');
  const chatId = await tab.begin(question.text);
  question.release(150);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const [asked, answered] = await person.api.texts(chatId);
  expect(asked).toBe(question.text);
  expect(answered).toBe(scriptedText(150));
  expect((await question.request()).sent).toBe(scriptedText(150));
  await tab.answer.getByRole('button', { name: 'Copy', exact: true }).click();
  expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toBe(scriptedText(150));
});

test('an answer that arrives one byte at a time is the same answer', async ({ tab, person, script }) => {
  const question = script('words=20 bytes');
  const chatId = await tab.begin(question.text);
  question.release(20);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  expect((await person.api.texts(chatId))[1]).toBe(scriptedText(20));
});
