import type { Chunk } from './message-view.ts';

/** Deltas grow no longer than this when merged, so that no journal row and no notification becomes huge. */
const maxMergedDeltaLength = 65_536;

/**
 * Merge adjacent deltas of the same part. The fold of the result equals the fold of the input.
 *
 * @param chunks in order; not changed
 */
export function mergeChunks(chunks: readonly Chunk[]): Chunk[] {
  const merged: Chunk[] = [];
  for (const chunk of chunks) appendMerged(merged, chunk);
  return merged;
}

/** Append one chunk to an already merged list, growing its last delta where possible. */
export function appendMerged(merged: Chunk[], chunk: Chunk): void {
  const last = merged.at(-1);
  const joined = last && joinDeltas(last, chunk);
  if (joined) merged[merged.length - 1] = joined;
  else merged.push(chunk);
}

function joinDeltas(a: Chunk, b: Chunk): Chunk | undefined {
  if (a.type === 'text-delta' || a.type === 'reasoning-delta') {
    if (b.type !== a.type || b.id !== a.id || b.providerMetadata || a.providerMetadata) return undefined;
    return fits(a.delta, b.delta) ? { ...a, delta: a.delta + b.delta } : undefined;
  }
  if (a.type === 'tool-input-delta' && b.type === 'tool-input-delta' && a.toolCallId === b.toolCallId) {
    if (!fits(a.inputTextDelta, b.inputTextDelta)) return undefined;
    return { ...a, inputTextDelta: a.inputTextDelta + b.inputTextDelta };
  }
  return undefined;
}

const fits = (a: string, b: string) => a.length + b.length <= maxMergedDeltaLength;
