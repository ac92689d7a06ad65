/** What the answer of a run is by its journal and by its message; each fold is made once. */
import { foldWhatFits } from '#domain/fold-chunks';
import { mergeChunks } from '#domain/merge-chunks';
import type { ChatMessage, Chunk } from '#domain/message-view';
import { isTerminal } from '#domain/run-status';
import { canonicalJson, isSameJson } from './canonical-json.ts';
import type { ChatRecord, RunRecord } from './chat-records.ts';
import { chunksOfRows } from './read-journal-rows.ts';

type Parts = ChatMessage['parts'];

export type AnswerFolds = {
  /** From the run's base parts on; what does not fold ends it, as it ends a settlement. */
  fold(run: RunRecord, chunks: readonly Chunk[]): Promise<Parts>;
  /** By the journal; null once that is deleted. */
  journalled(run: RunRecord): Promise<Parts | null>;
  /** The stored parts, when they are this run's last word; null while it is active or after a later run. */
  stored(run: RunRecord): Parts | null;
  /** The answer as far as it is known: stored, else by the journal. */
  known(run: RunRecord): Promise<Parts | null>;
};

export function createAnswerFolds(chat: ChatRecord): AnswerFolds {
  const made = new Map<string, Promise<Parts>>();
  const folds: AnswerFolds = {
    fold(run, chunks) {
      const merged = mergeChunks(chunks);
      const key = `${run.id} ${canonicalJson(merged)}`;
      const known = made.get(key);
      if (known) return known;
      const base = { messageId: run.assistantMessageId, baseParts: run.baseParts };
      const parts = foldWhatFits(base, merged).then((folded) => folded.parts);
      made.set(key, parts);
      return parts;
    },
    journalled: async (run) => (run.journalPrunedAt ? null : folds.fold(run, chunksOfRows(run.chunks))),
    stored(run) {
      if (!isTerminal(run.status) || lastWriter(chat, run.assistantMessageId) !== run) return null;
      const parts = chat.messages.find(({ id }) => id === run.assistantMessageId)?.parts ?? null;
      // An answer that the database can never store ends without its text.
      return run.errorCode === 'STORAGE_FAILED' && isSameJson(parts, run.baseParts) ? null : parts;
    },
    known: async (run) => folds.stored(run) ?? folds.journalled(run),
  };
  return folds;
}

function lastWriter({ runs }: ChatRecord, messageId: string): RunRecord | undefined {
  return runs.findLast(({ assistantMessageId }) => assistantMessageId === messageId);
}
