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

/** Follow a chat from the cursor on, and begin again from a fresh view where chunks are missing. Returns the way out. */
export function followChat(options: FollowChatOptions): () => void {
  const { cursor, apply, schedule = createFramePace(paintEveryMs) } = options;
  let ended = false;
  let subscription: { unsubscribe(): void } | undefined;
  // Kept here and not taken from what is rendered: chunks may follow their run before React has looked at either.
  let { run } = options;
  const alarm = createFalseAlarmWatch((alive) => apply({ type: 'alive', ...alive }));
  const fold = createAnswerFold({
    basePartsOf: ({ runId }) => (run?.id === runId ? run.baseParts : []),
    onParts: (messageId, parts) => apply({ type: 'folded', messageId, parts }),
    onBroken: () => void beginAgain(),
    schedule,
  });
  const hear = (event: RunEvent) => {
    if (event.type === 'chunks') {
      alarm.hearChunks(event, run);
      return fold.take(event);
    }
    if (event.type === 'message' && event.message.metadata?.status !== 'streaming') fold.end(event.message.id);
    if (event.type === 'run') {
      run = event.run;
      alarm.hearRun();
    }
    apply(event);
  };
  const beginAgain = async () => {
    subscription?.unsubscribe();
    const view = await options.source.readFresh();
    if (ended) return;
    if (view) {
      run = view.run;
      apply({ type: 'reloaded', view });
    }
    // Without a cursor the stream begins with the whole answer so far.
    cursor.current = undefined;
    subscription = subscribe(options, hear);
  };
  subscription = subscribe(options, hear);
  return () => {
    ended = true;
    subscription?.unsubscribe();
    fold.end();
  };
}

function subscribe({ source, cursor, onConnected, onEnded }: FollowChatOptions, hear: (event: RunEvent) => void) {
  return source.subscribe(cursor.current, {
    onData: ({ id, data }) => {
      cursor.current = id;
      hear(fromWire<RunEvent>(data));
    },
    onConnectionStateChange: ({ state }) => onConnected(state !== 'connecting'),
    onError: (error) => onEnded(reasonOf(error)),
  });
}
