import { expect } from '@playwright/test';
import type { ChatTab } from '../person/chat-tab.ts';
import type { Stage } from './scene.ts';
import { openWritingAnswer } from './writing-answer.ts';

const messages = [
  'And how does that change close to the coast?',
  'Then put it into three sentences that a child of ten understands, with an example from a bathtub, and leave out the moon at first.',
];

/** An answer in the middle of its writing, with messages that wait for its end and one that is being typed. */
export async function openQueue(stage: Stage): Promise<ChatTab> {
  const tab = await openWritingAnswer(stage, 45);
  for (const [i, message] of messages.entries()) {
    await tab.ask(message);
    await expect(tab.queued).toHaveCount(i + 1);
  }
  await tab.box.fill('No, wait: begin with the sun.');
  return tab;
}
