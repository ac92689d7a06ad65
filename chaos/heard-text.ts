import type { Turn } from './turn.ts';

/** The text of the answer as its follower has it now, tools left out. */
export function heardText({ follower, runId }: Pick<Turn, 'follower' | 'runId'>): string {
  const heard = follower.events.flatMap(({ event }) => (event.type === 'chunks' && event.runId === runId ? [event] : []));
  const chunks = heard.slice(Math.max(0, heard.findLastIndex(({ replace }) => replace))).flatMap((event) => event.chunks);
  return chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');
}
