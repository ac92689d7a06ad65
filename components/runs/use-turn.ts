'use client';

import { useOnline } from '#components/api/use-online.ts';
import type { ChatMessage } from '#domain/message-view';
import { isActive } from '#domain/run-status';
import type { RunView } from '#domain/run-view';
import { type RunPhase, runPhase } from './run-phase.ts';
import { useDisconnected } from './use-disconnected.ts';
import { type RunActions, useRunActions } from './use-run-actions.ts';
import type { RunFollower } from './use-run.ts';
import { useToldRun } from './use-told-run.ts';

export type Turn = Pick<RunActions, 'answerAgain' | 'pending' | 'refusal'> & {
  /** the run that there is something to say about */
  run: RunView | null;
  /** of the shown branch */
  lastAnswer: ChatMessage | undefined;
  /** an answer is being written */
  isBusy: boolean;
  /** null while there is nothing to stop */
  stop: (() => void) | null;
  phase: RunPhase;
};

/**
 * What a chat's turn is doing, and what can be done about it.
 *
 * @param isSending a message is on its way to the server
 */
export function useTurn({ messages, run: latest, connected, apply }: RunFollower, isSending: boolean): Turn {
  const lastAnswer = messages.findLast(({ role }) => role === 'assistant');
  const run = useToldRun(latest, lastAnswer);
  const lastRunId = lastAnswer?.metadata?.runId ?? null;
  const { stop, isStopping, ...actions } = useRunActions({ run, lastRunId, apply });
  const disconnected = useDisconnected(connected);
  const offline = !useOnline();
  const isBusy = run !== null && isActive(run.status);
  // While an answer is being written, a message on its way goes into the queue.
  const sending = isSending && !isBusy;
  const phase = runPhase({ run, messages, sending, stopping: isStopping, disconnected, offline });
  return { run, lastAnswer, isBusy, stop: isBusy ? stop : null, phase, ...actions };
}
