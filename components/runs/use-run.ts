'use client';

import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { ApiErrorReason } from '#components/api/api-error.ts';
import { type ChatFollowing, followChat } from './follow-chat.ts';
import type { FollowedChat, FollowSource } from './follow-source.ts';
import { prepareFold } from './load-fold.ts';
import { reduceRunState, type RunState, type RunStateChange, toRunState } from './run-state.ts';

export type RunFollower = RunState & {
  /** whether live events arrive */
  connected: boolean;
  /** why the server ended the live view for good; null while it goes on */
  ended: ApiErrorReason | null;
  apply: (change: RunStateChange) => void;
  /** Read the chat anew: another branch of it is shown. */
  readAgain: () => Promise<void>;
};

/**
 * A chat's live view: begins with what the server rendered and follows from its cursor. An answer in progress stays on
 * screen as rendered until the stream has told all of it again.
 *
 * @param source null while the chat has not been made
 * @param view null for a chat that was made in this page: everything comes from the stream
 */
export function useRun(source: FollowSource | null, view: FollowedChat | null): RunFollower {
  const [state, apply] = useReducer(reduceRunState, view, toRunState);
  const [connected, setConnected] = useState(true);
  const [ended, setEnded] = useState<ApiErrorReason | null>(null);
  const latest = useRef(state.run);
  const cursor = useRef(view?.cursor);
  const following = useRef<ChatFollowing>(null);
  useEffect(() => {
    latest.current = state.run;
  }, [state.run]);

  useEffect(prepareFold, []);

  useEffect(() => {
    if (source === null) return;
    const chat = followChat({
      source,
      cursor,
      run: latest.current,
      apply,
      onConnected: setConnected,
      onEnded: setEnded,
    });
    following.current = chat;
    return chat.leave;
  }, [source]);

  const readAgain = useCallback(async () => following.current?.readAgain(), []);
  return { ...state, connected, ended, apply, readAgain };
}
