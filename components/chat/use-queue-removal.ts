'use client';

import { useMutation } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import type { RunStateChange } from '#components/runs/run-state.ts';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { isKeptFile } from './message-files.ts';
import { useUndo } from './use-undo.ts';

/** Take a message out of the queue, with the way back: what was said is queued again, as the last. */
export function useQueueRemoval(chatId: string, apply: (change: RunStateChange) => void) {
  const say = useSay();
  const client = useTRPCClient();
  const withUndo = useUndo();
  const removal = useMutation(
    useTRPC().queue.remove.mutationOptions({
      onSuccess: ({ messageId }) => apply({ type: 'removed', messageId }),
      // What is not there need not be shown; what was sent is told by the stream.
      onError: (error, { messageId }) => reasonOf(error) === 'NOT_FOUND' && apply({ type: 'removed', messageId }),
    }),
  );

  /** The stream tells what comes of it. The same id twice is the same message. */
  async function queueAgain(message: ChatMessage, id: string): Promise<void> {
    const parts = [...message.parts.filter(isKeptFile), ...message.parts.filter((part) => part.type === 'text')];
    const model = message.metadata?.queue?.model;
    try {
      await client.run.start.mutate({ chatId, message: { id, parts }, model, whenBusy: 'queue' });
    } catch (error) {
      toast.error(say(`refusal.${reasonOf(error)}`), withUndo(() => void queueAgain(message, id)));
    }
  }

  async function remove(message: ChatMessage): Promise<void> {
    try {
      await removal.mutateAsync({ chatId, messageId: message.id });
    } catch {
      // The queue says why.
      return;
    }
    const id = crypto.randomUUID();
    toast(say('queue.removed'), withUndo(() => void queueAgain(message, id)));
  }
  return { remove, error: removal.error, reset: removal.reset };
}
