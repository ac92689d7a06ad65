import type { ApiClient } from '#components/api/api-client.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { ChatView } from '#domain/chat-view';
import type { RunEvent } from '#domain/run-event';
import { createAnswerFold, scheduleFrame } from './answer-fold.ts';
import type { RunState, RunStateChange } from './run-state.ts';

export type FollowChatOptions = {
  client: ApiClient;
  chatId: string;
  /** id of the last event dealt with; moves on with each event */
  cursor: { current: string | undefined };
  /** the state after the last change; a run told of is in it at once, before React has rendered it */
  latest: { current: RunState };
  apply: (change: RunStateChange) => void;
  /** the chat as the server has it now; null when that cannot be had */
  readFresh: () => Promise<ChatView | null>;
  onConnected: (connected: boolean) => void;
  /** the server ended the stream for good */
  onSignedOut: (signedOut: boolean) => void;
};

/** Follow a chat from the cursor on, and begin again from a fresh view where chunks are missing. Returns the way out. */
export function followChat(options: FollowChatOptions): () => void {
  const { cursor, latest, apply } = options;
  let ended = false;
  let subscription: { unsubscribe(): void } | undefined;
  const fold = createAnswerFold({
    basePartsOf: ({ runId }) => (latest.current.run?.id === runId ? latest.current.run.baseParts : []),
    onParts: (messageId, parts) => apply({ type: 'folded', messageId, parts }),
    onBroken: () => void beginAgain(),
    schedule: scheduleFrame,
  });
  const hear = (event: RunEvent) => {
    if (event.type === 'chunks') return fold.take(event);
    if (event.type === 'message' && event.message.metadata?.status !== 'streaming') fold.end(event.message.id);
    if (event.type === 'run') latest.current = { ...latest.current, run: event.run };
    apply(event);
  };
  const beginAgain = async () => {
    subscription?.unsubscribe();
    const view = await options.readFresh();
    if (ended) return;
    if (view) apply({ type: 'reloaded', view });
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

function subscribe(options: FollowChatOptions, hear: (event: RunEvent) => void) {
  const { client, chatId, cursor, onConnected, onSignedOut } = options;
  return client.run.follow.subscribe(
    { chatId, lastEventId: cursor.current },
    {
      onData: ({ id, data }) => {
        cursor.current = id;
        hear(fromWire<RunEvent>(data));
      },
      onConnectionStateChange: ({ state }) => onConnected(state !== 'connecting'),
      onError: (error) => onSignedOut(reasonOf(error) === 'UNAUTHORIZED'),
    },
  );
}
