import { expect, test } from './fixtures.ts';
import type { ChatTab } from './person/chat-tab.ts';

/** Far above what is promised (one second), far below what a browser out of connections takes (for ever). */
const patienceMs = 5_000;

test('eight tabs with four chats all load and follow, and Send is answered', async ({ person, script }, testInfo) => {
  test.slow();
  const questions = [1, 2, 3, 4].map(() => script('words=6 stamp'));
  const chatIds = await Promise.all(questions.map(() => person.api.createChat()));
  const tabs = await Promise.all([...chatIds, ...chatIds].map((chatId) => person.openTab(chatId)));
  for (const [index, question] of questions.entries()) {
    await tabs[index]!.ask(question.text);
    question.release(3);
  }
  const expectWords = async (count: number) => {
    for (const [index, tab] of tabs.entries()) {
      await expect(tab.answer).toHaveText(await questions[index % 4]!.said(count));
    }
  };
  await expectWords(3);
  for (const question of questions) question.release(3);
  await expectWords(6);

  const took = await measureSend(tabs[7]!, script('words=1 stamp').text);
  testInfo.annotations.push({ type: 'Send answered after', description: `${Math.round(took)} ms` });
  console.log(`with eight tabs, Send was answered after ${Math.round(took)} ms`);
  expect(took).toBeLessThan(patienceMs);
});

/** Milliseconds from the click until the server's answer has come. */
async function measureSend(tab: ChatTab, text: string): Promise<number> {
  await tab.box.fill(text);
  const answered = tab.page.waitForResponse(/run\.start/, { timeout: patienceMs });
  const began = performance.now();
  await tab.sendButton.click();
  await answered;
  return performance.now() - began;
}
