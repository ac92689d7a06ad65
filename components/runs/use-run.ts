'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useRef, useState } from 'react';
import { useTRPC, useTRPCClient } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { ChatView } from '#domain/chat-view';
import type { RunEvent } from '#domain/run-event';
import { createAnswerFold, scheduleFrame } from './answer-fold.ts';
import { reduceRunState, type RunState, type RunStateChange } from './run-state.ts';

export type RunFollower = RunState & {
  /** whether live events arrive */
  connected: boolean;
  /** the server no longer knows who is asking */
  signedOut: boolean;
  apply: (change: RunStateChange) => void;
};

/**
 * A chat's live view: begins with what the server rendered and follows from its cursor. An answer in progress stays on
 * screen as rendered until the stream has told all of it again.
 *
 * @param chatId null while the chat has not been made
 * @param view null for a chat that was made in this page: everything comes from the stream
 */
export function useRun(chatId: string | null, view: ChatView | null): RunFollower {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [state, apply] = useReducer(reduceRunState, { messages: view?.messages ?? [], run: view?.run ?? null });
  const [connected, setConnected] = useState(true);
  const [signedOut, setSignedOut] = useState(false);
  const latest = useRef(state);
  const cursor = useRef(view?.cursor);
  useEffect(() => {
    latest.current = state;
  }, [state]);

  useEffect(() => {
    if (chatId === null) return;
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
    const follow = () => {
      subscription = client.run.follow.subscribe(
        { chatId, lastEventId: cursor.current },
        {
          onData: ({ id, data }) => {
            cursor.current = id;
            hear(fromWire<RunEvent>(data));
          },
          onConnectionStateChange: ({ state: connection }) => setConnected(connection !== 'connecting'),
          onError: (error) => setSignedOut(reasonOf(error) === 'UNAUTHORIZED'),
        },
      );
    };
    const beginAgain = async () => {
      subscription?.unsubscribe();
      const fresh = await queryClient
        .fetchQuery({ ...trpc.chat.get.queryOptions({ chatId }), staleTime: 0 })
        .catch(() => null);
      if (ended) return;
      if (fresh) apply({ type: 'reloaded', view: fromWire<ChatView>(fresh) });
      // Without a cursor the stream begins with the whole answer so far.
      cursor.current = undefined;
      follow();
    };
    follow();
    return () => {
      ended = true;
      subscription?.unsubscribe();
      fold.end();
    };
  }, [chatId, client, queryClient, trpc]);

  return { ...state, connected, signedOut, apply };
}
