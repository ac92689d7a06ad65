import { expect, type Page } from '@playwright/test';
import type { ChatTab } from '../person/chat-tab.ts';
import type { Stage } from './scene.ts';

const question = 'Give me one word for the line between wet and dry sand.';
const answer = 'The **wrack line**: where the tide leaves what it carried.';

/** An answer that was written twice, with the pointer on its question. */
export async function openVersions(stage: Stage): Promise<Page> {
  const { page, questions } = await openAnsweredTwice(stage);
  await questions.last().hover();
  return page;
}

/** A question that is being said in other words. */
export async function openEditedQuestion(stage: Stage): Promise<Page> {
  const { page, questions } = await openAnsweredTwice(stage);
  await questions.last().hover();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'New wording' })).toBeFocused();
  return page;
}

async function openAnsweredTwice(stage: Stage): Promise<ChatTab> {
  const tab = await (await stage.newGuest()).openTab();
  const chatId = await tab.begin(`${stage.stack.nameQuestion()} [[say=${encodeURIComponent(answer)}]]`);
  await tab.answer.getByRole('button', { name: 'Regenerate' }).click();
  await expect(tab.conversation.getByRole('group', { name: 'Version 2 of 2' })).toBeVisible();
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await stage.stack.changeRows(`UPDATE message SET parts = $2 WHERE chat_id = $1 AND role = 'user'`, [
    chatId,
    JSON.stringify([{ type: 'text', text: question }]),
  ]);
  await stage.stack.changeRows('UPDATE chat SET title = $2 WHERE id = $1', [chatId, 'A word for a line']);
  await tab.page.reload();
  return tab;
}
