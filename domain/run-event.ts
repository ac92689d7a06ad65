import type { ChatMessage, Chunk } from './message-view.ts';
import type { RunView } from './run-view.ts';

/**
 * What a follower of a chat hears. Between two `replace` events of a run the chunk ranges are contiguous and
 * strictly rising; fold them with foldChunks, from `run.baseParts` on.
 */
export type RunEvent =
  /** the chat's latest run, at the start and at every change of it; null while the chat has none */
  | { type: 'run'; run: RunView | null }
  | ChunksEvent
  /** a message was added, edited or settled, or waits in the queue */
  | { type: 'message'; message: ChatMessage }
  /** a queued message was taken back; it will not be sent */
  | { type: 'removed'; messageId: string }
  /** another branch is shown, down to this message: read the messages anew */
  | { type: 'branch'; leafId: string };

/** Chunks fromSeq…toSeq of a run's journal, adjacent deltas merged. */
export type ChunksEvent = {
  type: 'chunks';
  runId: string;
  messageId: string;
  epoch: number;
  fromSeq: number;
  toSeq: number;
  /** forget what you have of this message and fold from here */
  replace: boolean;
  chunks: Chunk[];
};
