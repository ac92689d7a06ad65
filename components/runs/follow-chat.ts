import { type ApiErrorReason, reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { RunEvent } from '#domain/run-event';
import type { RunView } from '#domain/run-view';
import { createAnswerFold } from './answer-fold.ts';
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
  const { cursor, apply, schedule = createFramePace(paintEveryMs) } = options;
  let ended = false;
  let subscription: { unsubscribe(): void } | undefined;
  let reading: Promise<void> | undefined;
  // Kept here and not taken from what is rendered: chunks may follow their run before React has looked at either.
  let { run } = options;
  const alarm = createFalseAlarmWatch((alive) => apply({ type: 'alive', ...alive }));
  const fold = createAnswerFold({
    basePartsOf: ({ runId }) => (run?.id === runId ? run.baseParts : []),
    onParts: (messageId, parts) => apply({ type: 'folded', messageId, parts }),
    onBroken: () => void beginAgain(),
    schedule,
  });
  const hear = (event: RunEvent, before: string | undefined) => {
    if (event.type === 'chunks') {
      alarm.hearChunks(event, run);
      return fold.take(event);
    }
    // Until the branch has been read, its event is still to be heard.
    if (event.type === 'branch') return void beginAgain(before);
    if (event.type === 'message' && event.message.metadata?.status !== 'streaming') fold.end(event.message.id);
    if (event.type === 'run') {
      run = event.run;
      alarm.hearRun();
    }
    apply(event);
  };
  const beginAgain = (from?: string) => (reading ??= readView(from).finally(() => (reading = undefined)));
  const readView = async (from?: string) => {
    subscription?.unsubscribe();
    const view = await options.source.readFresh();
    if (ended) return;
    if (view) {
      run = view.run;
      apply({ type: 'reloaded', view });
    }
    // From there the stream tells an answer in progress whole.
    cursor.current = view?.cursor ?? from;
    subscription = subscribe(options, hear);
  };
  subscription = subscribe(options, hear);
  return {
    readAgain: () => beginAgain(cursor.current),
    leave() {
      ended = true;
      subscription?.unsubscribe();
      fold.end();
    },
  };
}

/** before: the cursor without the event */
type Hear = (event: RunEvent, before: string | undefined) => void;

function subscribe({ source, cursor, onConnected, onEnded }: FollowChatOptions, hear: Hear) {
  return source.subscribe(cursor.current, {
    onData: ({ id, data }) => {
      const before = cursor.current;
      cursor.current = id;
      hear(fromWire<RunEvent>(data), before);
    },
    onConnectionStateChange: ({ state }) => onConnected(state !== 'connecting'),
    onError: (error) => onEnded(reasonOf(error)),
  });
}
