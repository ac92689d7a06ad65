import type { ChatMessage } from '#domain/message-view';
import { isActive } from '#domain/run-status';
import type { RunErrorCode } from '#domain/run-error';
import type { RunView } from '#domain/run-view';

/** What a person should be told about the turn, in one word. */
export type RunPhase =
  | { kind: 'idle' }
  | { kind: 'sending' }
  | { kind: 'waiting' }
  | { kind: 'writing' }
  | { kind: 'stopping' }
  | { kind: 'stopped' }
  | { kind: 'failed'; code: RunErrorCode }
  | { kind: 'reconnecting' }
  | { kind: 'interrupted' }
  | { kind: 'resumed'; afterSeconds: number };

export type RunPhaseInput = {
  run: RunView | null;
  messages: readonly ChatMessage[];
  /** a message is on its way to the server */
  sending: boolean;
  /** a stop is on its way to the server */
  stopping: boolean;
  /** live events have been missing for longer than a blink */
  disconnected: boolean;
};

/** The phase to show. What a person can act on comes before what merely happens. */
export function runPhase({ run, messages, sending, stopping, disconnected }: RunPhaseInput): RunPhase {
  if (sending) return { kind: 'sending' };
  if (!run || !isActive(run.status)) return disconnected ? { kind: 'reconnecting' } : settledPhase(run);
  if (stopping || run.stopRequestedAt) return { kind: 'stopping' };
  if (disconnected) return { kind: 'reconnecting' };
  if (isInterrupted(run)) return { kind: 'interrupted' };
  const answer = messages.find(({ id }) => id === run.assistantMessageId);
  const written = answer?.parts.slice(run.baseParts.length) ?? [];
  return resumedPhase(run) ?? { kind: written.some(isVisible) ? 'writing' : 'waiting' };
}

function settledPhase(run: RunView | null): RunPhase {
  if (run?.status === 'failed') return { kind: 'failed', code: run.error.code };
  if (run?.status === 'aborted') return { kind: 'stopped' };
  return { kind: 'idle' };
}

/** Its worker was lost, and nobody has taken it up yet. */
export function isInterrupted({ interruptedAt, resumedAt }: RunView): boolean {
  return interruptedAt !== null && (resumedAt === null || resumedAt < interruptedAt);
}

function resumedPhase({ interruptedAt, resumedAt }: RunView): RunPhase | null {
  if (interruptedAt === null || resumedAt === null) return null;
  const afterMs = Date.parse(resumedAt) - Date.parse(interruptedAt);
  return { kind: 'resumed', afterSeconds: Math.max(1, Math.round(afterMs / 1_000)) };
}

function isVisible(part: ChatMessage['parts'][number]): boolean {
  if (part.type === 'text' || part.type === 'reasoning') return part.text !== '';
  return part.type !== 'step-start';
}
