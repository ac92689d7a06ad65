'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/api/api-context.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { ChatMessage } from '#domain/message-view';
import { isActive } from '#domain/run-status';
import type { RunView } from '#domain/run-view';

/**
 * The run that there is something to say about: the latest while it goes on, else the one that wrote the last answer
 * shown. On another branch than the latest run's that one is asked for, when its answer did not end well.
 *
 * @param latest the chat's
 * @param answer the last one shown
 */
export function useToldRun(latest: RunView | null, answer: ChatMessage | undefined): RunView | null {
  const { runId, status } = answer?.metadata ?? {};
  const isLatest = latest !== null && (isActive(latest.status) || latest.assistantMessageId === answer?.id);
  const asked = !isLatest && runId !== undefined && (status === 'failed' || status === 'aborted');
  // It may have been read before, while it went on.
  const { data } = useQuery(useTRPC().run.get.queryOptions(asked ? { runId } : skipToken, { staleTime: 0 }));
  if (isLatest) return latest;
  const told = asked && data ? fromWire<{ run: RunView }>(data).run : null;
  return told && !isActive(told.status) ? told : null;
}
