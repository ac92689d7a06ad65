'use client';

import { useEffect } from 'react';
import type { RunState } from '#components/runs/run-state.ts';
import type { DraftChange, DraftState } from './draft-state.ts';

export type ArrivalOptions = {
  draft: DraftState;
  change: (change: DraftChange) => void;
  chat: Pick<RunState, 'messages' | 'queued'>;
  /** the first message of a new chat was accepted */
  onStarted: ((chatId: string) => void) | undefined;
};

/** A message leaves the composer for good as soon as it is one of the chat's, shown or queued, whoever tells so first. */
export function useArrival({ draft, change, chat, onStarted }: ArrivalOptions): void {
  const { chatId, outgoing } = draft;
  const hasArrived = [...chat.messages, ...chat.queued].some(({ id }) => id === outgoing?.id);
  const madeId = outgoing?.chatId ?? null;
  useEffect(() => {
    if (!hasArrived) return;
    change({ type: 'arrived' });
    if (chatId === null && madeId !== null) onStarted?.(madeId);
  }, [change, chatId, hasArrived, madeId, onStarted]);
}
