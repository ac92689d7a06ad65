import type { Fold } from '#domain/fold-chunks';
import type { ChatMessage, Chunk } from '#domain/message-view';
import type { ChunksEvent } from '#domain/run-event';
import { admitChunks, type ChunkProgress } from './chunk-admission.ts';
import type { Schedule } from './frame-pace.ts';
import { beginFold } from './load-fold.ts';

type Parts = ChatMessage['parts'];

export type AnswerFoldOptions = {
  /** what the answer held before the run began */
  basePartsOf: (event: ChunksEvent) => Parts;
  onParts: (messageId: string, parts: Parts) => void;
  /** chunks are missing or do not fold: begin again from a fresh view of the chat */
  onBroken: () => void;
  schedule: Schedule;
};

/** Folds the chunks of the answer in progress, at most once per scheduled frame. */
export type AnswerFold = {
  take(event: ChunksEvent): void;
  /** Forget the answer in progress: it has settled, or its message is no longer of interest. */
  end(messageId?: string): void;
};

export function createAnswerFold(options: AnswerFoldOptions): AnswerFold {
  let progress: ChunkProgress | null = null;
  let fold: Promise<Fold | null> | null = null;
  let waiting: Chunk[] = [];
  let cancel: (() => void) | null = null;

  const forget = () => {
    cancel?.();
    [progress, fold, waiting, cancel] = [null, null, [], null];
  };

  const flush = async () => {
    cancel = null;
    const [mine, messageId, chunks] = [fold, progress?.messageId, waiting];
    if (!mine || messageId === undefined) return;
    waiting = [];
    try {
      const parts = await (await mine)?.push(chunks);
      if (parts && mine === fold) options.onParts(messageId, parts);
    } catch {
      if (mine !== fold) return;
      forget();
      options.onBroken();
    }
  };

  return {
    take(event) {
      const admission = admitChunks(progress, event);
      if (admission === 'skip') return;
      if (admission === 'missing') {
        forget();
        options.onBroken();
        return;
      }
      if (admission === 'begin') {
        forget();
        fold = beginFold({ messageId: event.messageId, baseParts: options.basePartsOf(event) });
      }
      progress = event;
      waiting.push(...event.chunks);
      cancel ??= options.schedule(() => void flush());
    },
    end(messageId) {
      if (messageId === undefined || progress?.messageId === messageId) forget();
    },
  };
}
