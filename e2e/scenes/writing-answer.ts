import { expect } from '@playwright/test';
import type { ChatTab } from '../person/chat-tab.ts';
import { scriptQuestion } from '../stack/question.ts';
import { tideAnswer, tideQuestion } from './sample-answers.ts';
import type { Stage } from './scene.ts';

/** An answer in the middle of its writing, so many words in; what was asked looks as a person would have asked it. */
export async function openWritingAnswer(stage: Stage, words: number): Promise<ChatTab> {
  const person = await stage.newGuest();
  const tab = await person.openTab();
  const question = scriptQuestion(stage.stack, `say=${encodeURIComponent(tideAnswer)}`);
  const chatId = await tab.begin(question.text);
  question.release(words);
  if (words > 0) await question.until(({ sent }) => sent.split(/\s+/).length >= words);
  await stage.stack.changeRows(`UPDATE message SET parts = $2 WHERE chat_id = $1 AND role = 'user'`, [
    chatId,
    JSON.stringify([{ type: 'text', text: tideQuestion }]),
  ]);
  await stage.stack.changeRows('UPDATE chat SET title = $2 WHERE id = $1', [chatId, 'Why the tide comes twice a day']);
  await tab.page.reload();
  await expect(tab.status).toHaveText(words > 0 ? 'Writing…' : 'Waiting for the first word…');
  return tab;
}
