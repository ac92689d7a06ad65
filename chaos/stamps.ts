import type { ChaosFollower, HeardEvent } from './chaos-follower.ts';

/** When a word arrived, ms since 1970, and how long it took. */
export type Stamp = { at: number; ms: number };

/** Of an answer to "stamp", what came live: a follower's first range is as old as the answer. */
export function stampsHeard({ events }: ChaosFollower, runId: string): Stamp[] {
  return events.flatMap((heard) => stampsIn(heard, runId));
}

function stampsIn({ event, at }: HeardEvent, runId: string): Stamp[] {
  if (event.type !== 'chunks' || event.runId !== runId || event.replace) return [];
  const text = event.chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');
  return text.split(' ').flatMap((stamp) => (stamp === '' ? [] : [{ at, ms: at - Number(stamp) }]));
}
