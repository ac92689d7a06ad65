'use client';

import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import type { RunStateChange } from '#components/runs/run-state.ts';

export type QueueActions = {
  remove: (messageId: string) => void;
  /** let what is paused go out */
  resume: () => void;
  isResuming: boolean;
  /** why the last of them was not done */
  error: unknown;
};

/** What a person can do about the queue as a whole, and about a message that is not to be sent after all. */
export function useQueueActions(chatId: string, apply: (change: RunStateChange) => void): QueueActions {
  const trpc = useTRPC();
  const removal = useMutation(
    trpc.queue.remove.mutationOptions({
      onSuccess: ({ messageId }) => apply({ type: 'removed', messageId }),
      // What is not there need not be shown; what was sent is told by the stream.
      onError: (error, { messageId }) => reasonOf(error) === 'NOT_FOUND' && apply({ type: 'removed', messageId }),
    }),
  );
  // The stream tells what begins.
  const resuming = useMutation(trpc.queue.resume.mutationOptions());
  return {
    remove(messageId) {
      resuming.reset();
      removal.mutate({ chatId, messageId });
    },
    resume() {
      removal.reset();
      resuming.mutate({ chatId });
    },
    isResuming: resuming.isPending,
    error: removal.error ?? resuming.error,
  };
}
