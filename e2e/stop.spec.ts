import { expect, test } from './fixtures.ts';
import type { ChatTab } from './person/chat-tab.ts';
import type { Question } from './stack/question.ts';

/** Ask, and wait until the first words are on the screen. */
async function begin(tab: ChatTab, question: Question): Promise<string> {
  const chatId = await tab.begin(question.text);
  question.release(5);
  await expectWords(tab, question);
  return chatId;
}

/** The page shows what the provider has said: five words. */
async function expectWords(tab: ChatTab, question: Question) {
  await expect(tab.answer).toContainText(await question.said(5));
}

async function expectStopped(tab: ChatTab, question: Question) {
  await question.until(({ abortedAt }) => abortedAt !== null);
  await expect(tab.status).toHaveText('Stopped.');
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expectWords(tab, question);
  await expect(tab.stopButton).toBeHidden();
}

test('Stop aborts the provider’s request, keeps the words, and the next message works', async ({ tab, script }) => {
  const question = script('words=50 stamp');
  await begin(tab, question);
  await tab.stopButton.click();
  await expectStopped(tab, question);
  await tab.page.reload();
  await expectStopped(tab, question);

  const next = script('words=3 stamp');
  await tab.ask(next.text);
  next.release(3);
  await expect(tab.answers).toHaveCount(2);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.answer).toHaveText(await next.saidAll());
});

test('Stop works after a reload', async ({ tab, script }) => {
  const question = script('words=50 stamp');
  await begin(tab, question);
  await tab.page.reload();
  await tab.stopButton.click();
  await expectStopped(tab, question);
});

test('Stop works from another tab, and both tabs say so', async ({ tab, person, script }) => {
  const question = script('words=50 stamp');
  const other = await person.openTab(await begin(tab, question));
  await expectWords(other, question);
  await other.stopButton.click();
  await expectStopped(other, question);
  await expectStopped(tab, question);
});

test('Stop before the first word leaves an empty answer and a free chat', async ({ tab, script }) => {
  const question = script('words=50 stamp');
  await tab.begin(question.text);
  await question.request();
  await tab.stopButton.click();
  const request = await question.until(({ abortedAt }) => abortedAt !== null);
  expect(request.sent).toBe('');
  await expect(tab.status).toHaveText('Stopped.');
  await tab.page.reload();
  await expect(tab.status).toHaveText('Stopped.');
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');

  const next = script('words=3 stamp');
  await tab.ask(next.text);
  next.release(3);
  await expect(tab.answer).toHaveText(await next.saidAll());
});

test('Continue goes on with an answer that was stopped, in the same message', async ({ tab, script, person }) => {
  const question = script('words=8 stamp');
  const chatId = await begin(tab, question);
  await tab.stopButton.click();
  await expectStopped(tab, question);
  const wiped = await question.said(5);
  await expect(tab.continueButton).toHaveAccessibleDescription(
    'Continue writes this answer anew. What was written so far stays in the details.',
  );
  await tab.continueButton.click();
  await question.request(2);
  question.release(8);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const anew = (await question.request(2)).sent.trim();
  await expect(tab.answer).toHaveText(anew);
  await expect(tab.answers).toHaveCount(1);
  expect((await person.api.texts(chatId))[1]!.trim()).toBe(anew);
  await tab.page.getByRole('button', { name: 'Details' }).click();
  await tab.page.getByRole('dialog').getByText('Draft 1').click();
  await expect(tab.page.getByRole('dialog')).toContainText(wiped);
});
