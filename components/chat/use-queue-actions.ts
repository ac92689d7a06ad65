'use client';

import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/api/api-context.ts';
import type { RunStateChange } from '#components/runs/run-state.ts';
import type { ChatMessage } from '#domain/message-view';
import { useQueueRemoval } from './use-queue-removal.ts';

export type QueueActions = {
  remove: (message: ChatMessage) => void;
  /** let what is paused go out */
  resume: () => void;
  isResuming: boolean;
  /** why the last of them was not done */
  error: unknown;
};

/** What a person can do about the queue as a whole, and about a message that is not to be sent after all. */
export function useQueueActions(chatId: string, apply: (change: RunStateChange) => void): QueueActions {
  const trpc = useTRPC();
  const removal = useQueueRemoval(chatId, apply);
  // The stream tells what begins.
  const resuming = useMutation(trpc.queue.resume.mutationOptions());
  return {
    remove(message) {
      resuming.reset();
      void removal.remove(message);
    },
    resume() {
      removal.reset();
      resuming.mutate({ chatId });
    },
    isResuming: resuming.isPending,
    error: removal.error ?? resuming.error,
  };
}
