import type { RunErrorCode } from '#domain/run-error';
import type { ChatMessage } from '#domain/message-view';
import { isActive } from '#domain/run-status';
import type { RunView } from '#domain/run-view';
import { isToolPart, toolNameOf } from '#domain/tool-part';

/** What a person should be told about the turn, in one word. */
export type RunPhase =
  | { kind: 'idle' }
  | { kind: 'sending' }
  | { kind: 'waiting' }
  | { kind: 'thinking' }
  | { kind: 'writing' }
  | { kind: 'usingTool'; tool: string }
  | { kind: 'stopping' }
  | { kind: 'stopped' }
  | { kind: 'failed'; code: RunErrorCode }
  | { kind: 'reconnecting' }
  /** goesOn: an answer is being written, which needs no page */
  | { kind: 'offline'; goesOn: boolean }
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
  /** the browser knows of no network */
  offline: boolean;
};

/** The phase to show. What a person can act on comes before what merely happens. */
export function runPhase({ run, messages, sending, stopping, disconnected, offline }: RunPhaseInput): RunPhase {
  const away: RunPhase = offline
    ? { kind: 'offline', goesOn: run !== null && isActive(run.status) }
    : { kind: 'reconnecting' };
  if (sending) return disconnected && offline ? away : { kind: 'sending' };
  if (!run || !isActive(run.status)) return disconnected ? away : settledPhase(run);
  if (stopping || run.stopRequestedAt) return { kind: 'stopping' };
  if (disconnected) return away;
  if (isInterrupted(run)) return { kind: 'interrupted' };
  const answer = messages.find(({ id }) => id === run.assistantMessageId);
  return resumedPhase(run) ?? activityOf(answer?.parts.slice(run.baseParts.length) ?? []);
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

/** @param written what the run has written so far */
function activityOf(written: ChatMessage['parts']): RunPhase {
  const last = written.findLast(isVisible);
  if (!last) return { kind: 'waiting' };
  if (last.type === 'reasoning' && last.state === 'streaming') return { kind: 'thinking' };
  const atWork = written.findLast((part) => isToolPart(part) && part.state === 'input-available');
  return atWork && isToolPart(atWork) ? { kind: 'usingTool', tool: toolNameOf(atWork) } : { kind: 'writing' };
}

function isVisible(part: ChatMessage['parts'][number]): boolean {
  if (part.type === 'text' || part.type === 'reasoning') return part.text !== '';
  return part.type !== 'step-start';
}
