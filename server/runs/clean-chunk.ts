/**
 * PostgreSQL's jsonb refuses NUL and lone surrogates, and one such character would roll back the batch of all runs.
 * Chunks are cleaned before they are numbered.
 */
import type { Chunk } from '#domain/message-view';

const unstorableEscape = /\\u0000|\\ud[89a-f][0-9a-f]{2}/i;

/** The same chunk, with NUL removed and lone surrogates replaced by U+FFFD in every string. */
export function cleanChunk(chunk: Chunk): Chunk {
  // JSON.stringify escapes exactly the characters in question, so the common case costs one scan.
  return unstorableEscape.test(JSON.stringify(chunk)) ? (cleanValue(chunk) as Chunk) : chunk;
}

/** As cleanChunk, for any JSON value. */
export function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (Array.isArray(value)) return value.map(cleanValue);
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanValue(key), cleanValue(item)]));
  }
  return value;
}

/**
 * Clean a stream of chunks. A surrogate pair that a provider has cut in two between deltas is put together again
 * first, so that no character is lost.
 */
export function createChunkCleaner(): (chunk: Chunk) => Chunk {
  const halves = new Map<string, string>();
  return (chunk) => {
    if (chunk.type !== 'text-delta' && chunk.type !== 'reasoning-delta') return cleanChunk(chunk);
    const text = (halves.get(chunk.id) ?? '') + chunk.delta;
    halves.delete(chunk.id);
    const endsInHalf = /[\uD800-\uDBFF]$/.test(text);
    if (endsInHalf) halves.set(chunk.id, text.slice(-1));
    return cleanChunk({ ...chunk, delta: endsInHalf ? text.slice(0, -1) : text });
  };
}
