import type { ChunksEvent } from '#domain/run-event';

/** How far a run's chunks have been taken in. */
export type ChunkProgress = Pick<ChunksEvent, 'runId' | 'messageId' | 'toSeq'>;

/**
 * What to do with a range of chunks: begin the fold anew, add to it, skip what was seen, or, when something is missing
 * between, ask the server again.
 */
export type ChunkAdmission = 'begin' | 'add' | 'skip' | 'missing';

export function admitChunks(progress: ChunkProgress | null, event: ChunksEvent): ChunkAdmission {
  if (event.replace) return 'begin';
  if (progress?.runId !== event.runId) return event.fromSeq === 1 ? 'begin' : 'missing';
  if (event.toSeq <= progress.toSeq) return 'skip';
  return event.fromSeq === progress.toSeq + 1 ? 'add' : 'missing';
}
