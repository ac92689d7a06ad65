import { type ApiErrorReason, reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { RunEvent } from '#domain/run-event';
import type { RunView } from '#domain/run-view';
import { AnswerFold } from './answer-fold.ts';
import type { RunStateChange } from './run-state.ts';
import { createFalseAlarmWatch } from './false-alarm-watch.ts';
import type { FollowSource } from './follow-source.ts';
import { createFramePace, type Schedule } from './frame-pace.ts';

export type FollowChatOptions = {
  source: FollowSource;
  /** id of the last event dealt with; moves on with each event */
  cursor: { current: string | undefined };
  /** the run the page knows of at the start */
  run: RunView | null;
  apply: (change: RunStateChange) => void;
  onConnected: (connected: boolean) => void;
  /** the server ended the stream for good */
  onEnded: (reason: ApiErrorReason) => void;
  /** for tests: when to paint; before a frame that comes soon unless given */
  schedule?: Schedule;
};

/** An answer grows at most so often. */
const paintEveryMs = 40;

export type ChatFollowing = {
  /** Begin again from a fresh view: something has changed that the stream may tell of late. */
  readAgain: () => Promise<void>;
  leave: () => void;
};

/** Follow a chat from the cursor on; begin again from a fresh view where chunks are missing or another branch is shown. */
export function followChat(options: FollowChatOptions): ChatFollowing {
  const following = new Following(options);
  return { readAgain: () => following.beginAgain(options.cursor.current), leave: () => following.leave() };
}

class Following {
  readonly #options: FollowChatOptions;
  readonly #alarm: ReturnType<typeof createFalseAlarmWatch>;
  readonly #fold: AnswerFold;
  // Kept here and not taken from what is rendered: chunks may follow their run before React has looked at either.
  #run: RunView | null;
  #subscription: { unsubscribe(): void } | undefined;
  #reading: Promise<void> | undefined;
  #isOver = false;

  constructor(options: FollowChatOptions) {
    const { run, apply, schedule = createFramePace(paintEveryMs) } = options;
    this.#options = options;
    this.#run = run;
    this.#alarm = createFalseAlarmWatch((alive) => apply({ type: 'alive', ...alive }));
    this.#fold = new AnswerFold({
      basePartsOf: ({ runId }) => (this.#run?.id === runId ? this.#run.baseParts : []),
      onParts: (messageId, parts) => apply({ type: 'folded', messageId, parts }),
      onBroken: () => void this.beginAgain(),
      schedule,
    });
    this.#subscription = this.#subscribe();
  }

  /** @param from the cursor to go on from when no fresh view can be had; undefined for the whole answer */
  beginAgain(from?: string): Promise<void> {
    this.#reading ??= this.#readView(from).finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  leave(): void {
    this.#isOver = true;
    this.#subscription?.unsubscribe();
    this.#fold.end();
  }

  async #readView(from: string | undefined): Promise<void> {
    const { source, apply, cursor } = this.#options;
    this.#subscription?.unsubscribe();
    const view = await source.readFresh();
    if (this.#isOver) return;
    if (view) {
      this.#run = view.run;
      apply({ type: 'reloaded', view });
    }
    // From there the stream tells an answer in progress whole.
    cursor.current = view?.cursor ?? from;
    this.#subscription = this.#subscribe();
  }

  #subscribe(): { unsubscribe(): void } {
    const { source, cursor, onConnected, onEnded } = this.#options;
    return source.subscribe(cursor.current, {
      onData: ({ id, data }) => {
        const before = cursor.current;
        cursor.current = id;
        this.#hear(fromWire<RunEvent>(data), before);
      },
      onConnectionStateChange: ({ state }) => onConnected(state !== 'connecting'),
      onError: (error) => onEnded(reasonOf(error)),
    });
  }

  /** @param before the cursor without the event */
  #hear(event: RunEvent, before: string | undefined): void {
    if (event.type === 'chunks') {
      this.#alarm.hearChunks(event, this.#run);
      return this.#fold.take(event);
    }
    // Until the branch has been read, its event is still to be heard.
    if (event.type === 'branch') return void this.beginAgain(before);
    if (event.type === 'message' && event.message.metadata?.status !== 'streaming') this.#fold.end(event.message.id);
    if (event.type === 'run') {
      this.#run = event.run;
      this.#alarm.hearRun();
    }
    this.#options.apply(event);
  }
}
