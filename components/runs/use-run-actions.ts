'use client';

import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/api/api-context.ts';
import { isTransient } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';
import type { RunStateChange } from './run-state.ts';

/** A stop is idempotent and must get through: it is repeated while the server is away, about half a minute long. */
const maxStopRetries = 12;

/** Stop and regenerate. Both tell the page's state at once what the server answered. */
export function useRunActions(apply: (change: RunStateChange) => void) {
  const trpc = useTRPC();
  const stop = useMutation(
    trpc.run.stop.mutationOptions({
      retry: (failures, error) => failures < maxStopRetries && isTransient(error),
      retryDelay: (failures) => Math.min(3_000, 250 * 2 ** failures),
      onSuccess: ({ run }) => apply({ type: 'run', run: fromWire<RunView | null>(run) }),
    }),
  );
  const regenerate = useMutation(
    trpc.run.regenerate.mutationOptions({
      onSuccess: (started) => {
        const run = fromWire<RunView>(started.run);
        apply({ type: 'started', run, messages: [emptyAnswer(run)] });
      },
    }),
  );
  return { stop, regenerate };
}

/** The answer of a run that has only begun, as the server stores it. */
export function emptyAnswer(run: RunView): ChatMessage {
  return {
    id: run.assistantMessageId,
    role: 'assistant',
    parts: run.baseParts,
    metadata: { status: 'streaming', parentId: run.userMessageId, authorId: null, createdAt: run.createdAt },
  };
}
