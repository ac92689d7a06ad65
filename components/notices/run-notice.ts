import { textOf } from '#components/chat/message-text.ts';
import type { Say } from '#components/words/say.ts';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';

/** A run that took less was waited for. */
const longRunMs = 10_000;
const shownLength = 120;

/**
 * What to say of a run that has ended: how, and its first words.
 *
 * @param answer null where nothing was written
 * @returns null for a run that was short, or stopped by somebody: that is no news
 */
export function describeEnd(run: RunView, answer: ChatMessage | null, say: Say): string | null {
  if (run.status !== 'succeeded' && run.status !== 'failed') return null;
  if (Date.parse(run.finishedAt) - Date.parse(run.createdAt) < longRunMs) return null;
  const how = run.status === 'failed' ? say('notices.failed', { why: say(`failure.${run.error.code}`) }) : say('notices.done');
  const words = firstWords(answer ? textOf(answer) : '');
  return words === '' ? how : `${how}\n${words}`;
}

/** Without the signs of markdown that say nothing to somebody who sees them as they are. */
function firstWords(text: string): string {
  const plain = text.replace(/[#*`]+/g, '').replace(/\s+/g, ' ').trim();
  if (plain.length <= shownLength) return plain;
  const lastBlank = plain.lastIndexOf(' ', shownLength);
  return `${plain.slice(0, lastBlank > 0 ? lastBlank : shownLength)}…`;
}
