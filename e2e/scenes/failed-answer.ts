import { expect } from '@playwright/test';
import type { ToolActed } from '#domain/run-view';
import { unknownToolOutcome } from '#domain/tool-outcome';
import type { ChatTab } from '../person/chat-tab.ts';
import type { Stage } from './scene.ts';

const toolsActed: ToolActed[] = [
  { toolName: 'send_mail', stepCompleted: false },
  { toolName: 'book_room', stepCompleted: true },
];

/** An answer that broke off in its second step, as if tools had acted that this installation does not have. */
export async function openFailedAnswer(stage: Stage): Promise<ChatTab> {
  const { stack } = stage;
  const person = await stage.newGuest();
  const tab = await person.openTab();
  const chatId = await tab.begin(`${stack.nameQuestion()} [[words=30 tool=calculate cut-after=25 step=2]]`);
  await expect(tab.retryButton).toBeVisible();
  const [, answer] = await person.api.messages(chatId);
  const parts = answer!.parts.map((part) => {
    if (part.type !== 'tool-calculate' || part.state !== 'output-available') return part;
    const { toolCallId } = part;
    const input = { to: 'anna@example.org', subject: 'The boat' };
    return { type: 'tool-send_mail', toolCallId, input, state: 'output-error', errorText: unknownToolOutcome };
  });
  const run = await person.api.latestRun(chatId);
  await stack.changeRows('UPDATE run SET tools_acted = $2 WHERE id = $1', [run.id, JSON.stringify(toolsActed)]);
  await stack.changeRows('UPDATE message SET parts = $2 WHERE id = $1', [answer!.id, JSON.stringify(parts)]);
  await stack.changeRows('UPDATE chat SET title = $2 WHERE id = $1', [chatId, 'A boat for Saturday']);
  await tab.page.reload();
  await expect(tab.retryButton).toBeVisible();
  return tab;
}
