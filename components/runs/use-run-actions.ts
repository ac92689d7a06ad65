'use client';

import { useMutation } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useRef } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { isTransient, reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';
import type { AppRouter } from '#server/trpc/router';
import type { RunStateChange } from './run-state.ts';

/** A stop is idempotent and must get through: it is repeated while the server is away, about half a minute long. */
const maxStopRetries = 12;

/** continue: go on with this answer. regenerate: write another one. */
export type AnswerAgainWay = 'continue' | 'regenerate';

export type RunActions = {
  stop: () => void;
  isStopping: boolean;
  /** Does nothing while an earlier one is on its way. */
  answerAgain: (way: AnswerAgainWay, model: string | undefined) => void;
  /** on its way to the server */
  pending: AnswerAgainWay | null;
  /** why the last answer was not written again, when that was asked for */
  refusal: string | null;
};

type StartedRun = inferRouterOutputs<AppRouter>['run']['continue'];

export type RunActionsOptions = {
  /** the chat's latest */
  run: RunView | null;
  /** the one whose answer the shown branch ends with: it is answered again */
  lastRunId: string | null;
  apply: (change: RunStateChange) => void;
};

/** What a person can do about a chat's runs. The page's state is told at once what the server answered. */
export function useRunActions({ run, lastRunId, apply }: RunActionsOptions): RunActions {
  const say = useSay();
  const trpc = useTRPC();
  const stop = useMutation(
    trpc.run.stop.mutationOptions({
      retry: (failures, error) => failures < maxStopRetries && isTransient(error),
      retryDelay: (failures) => Math.min(3_000, 250 * 2 ** failures),
      onSuccess: (answer) => apply({ type: 'run', run: fromWire<RunView | null>(answer.run) }),
    }),
  );
  const onSuccess = (started: StartedRun) => {
    const begun = fromWire<RunView>(started.run);
    apply({ type: 'started', run: begun, messages: [emptyAnswer(begun)] });
  };
  const regenerate = useMutation(trpc.run.regenerate.mutationOptions({ onSuccess }));
  const continuing = useMutation(trpc.run.continue.mutationOptions({ onSuccess }));
  const both = [regenerate, continuing] as const;
  const newAnswerId = useNewAnswerId(lastRunId);
  const refused = both.find(({ isError, variables }) => isError && variables.runId === lastRunId);
  const pending = continuing.isPending ? 'continue' : regenerate.isPending ? 'regenerate' : null;
  return {
    stop: () => run && stop.mutate({ runId: run.id }),
    isStopping: stop.isPending,
    answerAgain(way, model) {
      if (lastRunId === null || pending) return;
      for (const mutation of both) mutation.reset();
      if (way === 'continue') continuing.mutate({ runId: lastRunId, model });
      else regenerate.mutate({ runId: lastRunId, model, assistantMessageId: newAnswerId() });
    },
    pending,
    refusal: refused ? say('choice.refused', { why: say(`refusal.${reasonOf(refused.error)}`) }) : null,
  };
}

/** The id of the answer that is to stand beside this one: the same while it has not come, however often it is asked for. */
function useNewAnswerId(lastRunId: string | null): () => string {
  const id = useRef<string>(null);
  useEffect(() => {
    id.current = null;
  }, [lastRunId]);
  return () => (id.current ??= crypto.randomUUID());
}

/** The answer of a run that has only begun, as the server stores it. */
export function emptyAnswer(run: RunView): ChatMessage {
  return {
    id: run.assistantMessageId,
    role: 'assistant',
    parts: run.baseParts,
    metadata: {
      status: 'streaming',
      parentId: run.userMessageId,
      authorId: null,
      createdAt: run.createdAt,
      runId: run.id,
      model: run.model,
    },
  };
}
