import type { Chunk } from '#domain/message-view';
import type { ChunkRow } from './chat-records.ts';

/** The chunks of a row; null when its body is no list of chunks. */
export function chunksOfRow({ body }: Pick<ChunkRow, 'body'>): Chunk[] | null {
  try {
    const chunks = JSON.parse(body) as unknown;
    return Array.isArray(chunks) && chunks.every(isChunk) ? chunks : null;
  } catch {
    return null;
  }
}

/** The chunks of rows; what cannot be read is left out. */
export const chunksOfRows = (rows: readonly ChunkRow[]): Chunk[] => rows.flatMap((row) => chunksOfRow(row) ?? []);

/** Whether it can be merged and folded; what is wrong with it beyond that, the fold shows. */
export function isChunk(item: unknown): item is Chunk {
  if (typeof item !== 'object' || item === null) return false;
  const { type, ...fields } = item as Record<string, unknown>;
  if (type === 'text-delta' || type === 'reasoning-delta') return typeof fields.delta === 'string';
  if (type === 'tool-input-delta') return typeof fields.inputTextDelta === 'string';
  return typeof type === 'string';
}

/** Deltas that stand side by side are merged, so one may stand for many numbers. */
export const isDelta = ({ type }: Chunk): boolean => type.endsWith('-delta');
