'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useTRPC, useTRPCClient } from '#components/api/api-context.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { ChatView } from '#domain/chat-view';
import { followChat, type ChatFollowing } from './follow-chat.ts';
import { prepareFold } from './load-fold.ts';
import { reduceRunState, type RunState, type RunStateChange, toRunState } from './run-state.ts';

export type RunFollower = RunState & {
  /** whether live events arrive */
  connected: boolean;
  /** the server no longer knows who is asking */
  signedOut: boolean;
  apply: (change: RunStateChange) => void;
  /** Read the chat anew: another branch of it is shown. */
  readAgain: () => Promise<void>;
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
  const [state, apply] = useReducer(reduceRunState, view, toRunState);
  const [connected, setConnected] = useState(true);
  const [signedOut, setSignedOut] = useState(false);
  const latest = useRef(state.run);
  const cursor = useRef(view?.cursor);
  const following = useRef<ChatFollowing>(null);
  useEffect(() => {
    latest.current = state.run;
  }, [state.run]);

  useEffect(prepareFold, []);

  useEffect(() => {
    if (chatId === null) return;
    const query = { ...trpc.chat.get.queryOptions({ chatId }), staleTime: 0 };
    const chat = followChat({
      client,
      chatId,
      cursor,
      run: latest.current,
      apply,
      readFresh: () => queryClient.fetchQuery(query).then(fromWire<ChatView>, () => null),
      onConnected: setConnected,
      onSignedOut: setSignedOut,
    });
    following.current = chat;
    return chat.leave;
  }, [chatId, client, queryClient, trpc]);

  const readAgain = useCallback(async () => following.current?.readAgain(), []);
  return { ...state, connected, signedOut, apply, readAgain };
}
