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
export class AnswerFold {
  readonly #options: AnswerFoldOptions;
  #progress: ChunkProgress | null = null;
  #fold: Promise<Fold | null> | null = null;
  #waiting: Chunk[] = [];
  #cancel: (() => void) | null = null;

  constructor(options: AnswerFoldOptions) {
    this.#options = options;
  }

  take(event: ChunksEvent): void {
    const admission = admitChunks(this.#progress, event);
    if (admission === 'skip') return;
    if (admission === 'missing') return this.#break();
    if (admission === 'begin') {
      this.#forget();
      this.#fold = beginFold({ messageId: event.messageId, baseParts: this.#options.basePartsOf(event) });
    }
    this.#progress = event;
    this.#waiting.push(...event.chunks);
    this.#cancel ??= this.#options.schedule(() => void this.#flush());
  }

  /** Forget the answer in progress: it has settled, or its message is no longer of interest. */
  end(messageId?: string): void {
    if (messageId === undefined || this.#progress?.messageId === messageId) this.#forget();
  }

  async #flush(): Promise<void> {
    this.#cancel = null;
    const [mine, messageId, chunks] = [this.#fold, this.#progress?.messageId, this.#waiting];
    if (!mine || messageId === undefined) return;
    this.#waiting = [];
    try {
      const parts = await (await mine)?.push(chunks);
      if (parts && mine === this.#fold) this.#options.onParts(messageId, parts);
    } catch {
      if (mine === this.#fold) this.#break();
    }
  }

  #break(): void {
    this.#forget();
    this.#options.onBroken();
  }

  #forget(): void {
    this.#cancel?.();
    this.#progress = null;
    this.#fold = null;
    this.#waiting = [];
    this.#cancel = null;
  }
}
