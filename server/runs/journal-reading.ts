/** What a journal says about its run. Pure, but for reading the rows. */
import type pg from 'pg';
import type { Chunk } from '#domain/message-view';
import { isRunErrorCode, runErrors } from '#domain/run-error';

export type JournalRow = { from_seq: number; to_seq: number; epoch: number; body: string; created_at: Date };

/** Rows of a run's journal after a position, in order. */
export async function readJournal(db: pg.Pool | pg.ClientBase, runId: string, afterSeq = 0): Promise<JournalRow[]> {
  const { rows } = await db.query<JournalRow>({
    name: 'read-journal',
    text: `SELECT from_seq, to_seq, epoch, body, created_at FROM run_chunk WHERE run_id = $1 AND to_seq > $2 ORDER BY from_seq`,
    values: [runId, afterSeq],
  });
  return rows;
}

export const chunksOf = (rows: readonly JournalRow[]): Chunk[] =>
  rows.flatMap((row) => JSON.parse(row.body) as Chunk[]);

/** When the first thing that a reader can see was written; null where nothing was. */
export function firstWordAt(rows: readonly JournalRow[]): Date | null {
  return rows.find((row) => chunksOf([row]).some(isVisible))?.created_at ?? null;
}

function isVisible(chunk: Chunk): boolean {
  if (chunk.type === 'text-delta' || chunk.type === 'reasoning-delta') return chunk.delta !== '';
  return chunk.type === 'tool-input-start' || chunk.type === 'tool-input-available';
}

/** How a run ended. */
export type RunOutcome =
  | { kind: 'succeeded' }
  | { kind: 'aborted' }
  /** code: of domain/run-error.ts; detail: for operators, never sent to a client */
  | { kind: 'failed'; code: string; detail: string };

/** The end that a journal already holds; it beats a later stop and spares the model another call. */
export function journalledOutcome(chunks: readonly Chunk[]): RunOutcome | null {
  const end = chunks.findLast((chunk) => ['finish', 'abort', 'error'].includes(chunk.type));
  switch (end?.type) {
    case 'finish':
      return { kind: 'succeeded' };
    case 'abort':
      return { kind: 'aborted' };
    case 'error':
      return { kind: 'failed', code: codeOfSentence(end.errorText), detail: 'found in the journal' };
    default:
      return null;
  }
}

function codeOfSentence(sentence: string): string {
  return Object.entries(runErrors).find(([code, words]) => isRunErrorCode(code) && words === sentence)?.[0] ?? 'INTERNAL';
}

/** Whether chunks of a step that did not complete stand at the end, and must be wiped before it is written again. */
export function hasOpenStep(chunks: readonly Chunk[]): boolean {
  const start = chunks.findLastIndex((chunk) => chunk.type === 'start-step');
  return start > chunks.findLastIndex((chunk) => chunk.type === 'finish-step');
}

/** Ids of the tools that have answered in the step that is still open. */
export function answeredTools(chunks: readonly Chunk[]): Set<string> {
  const step = chunks.slice(chunks.findLastIndex(({ type }) => type === 'finish-step' || type === 'reset-step') + 1);
  const ids = step.flatMap((chunk) => {
    if (chunk.type === 'tool-output-available') return chunk.preliminary ? [] : [chunk.toolCallId];
    return chunk.type === 'tool-output-error' || chunk.type === 'tool-output-denied' ? [chunk.toolCallId] : [];
  });
  return new Set(ids);
}

/** What crashes cut in half and later attempts wrote again: the chunks between a step's start and its reset. */
export function draftsOf(chunks: readonly Chunk[]): Chunk[][] {
  return chunks.flatMap((chunk, i) => {
    if (chunk.type !== 'reset-step') return [];
    const before = chunks.slice(0, i);
    const from = before.findLastIndex(({ type }) => ['finish-step', 'reset-step', 'start'].includes(type)) + 1;
    return from < i ? [before.slice(from)] : [];
  });
}
