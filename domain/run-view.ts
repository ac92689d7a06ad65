import type { RunErrorCode } from './run-error.ts';
import type { ChatMessage, Chunk } from './message-view.ts';
import type { ActiveRunStatus } from './run-status.ts';

export type RunTrigger = 'user' | 'regenerate' | 'continue' | 'approval';

/** Tokens, summed over the model calls of a run, those included that broke off. */
export type RunUsage = {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  /** some of it was never reported by the provider and is reckoned from the length of the texts */
  estimated: boolean;
};

/** A tool that was started and is not declared idempotent: to run the turn again may do its work again. */
export type ToolActed = {
  toolName: string;
  /** its step was completed: Continue does not repeat it, Retry may */
  stepCompleted: boolean;
};

/** How an owner's time with a run came to its end. */
export type RunAttemptEnd = 'settled' | 'released' | 'cut_off' | 'worker_died' | 'lease_expired' | 'process_fault';

/** An owner's time with a run. Instants are ISO strings, null while it goes on. */
export type RunAttempt = { epoch: number; startedAt: string; endedAt: string | null; endReason: RunAttemptEnd | null };

/** A completed step of a run. Tokens are null where the provider told none. */
export type RunStepView = {
  stepNumber: number;
  epoch: number;
  finishReason: string;
  usage: { inputTokens: number | null; outputTokens: number | null };
  completedAt: string;
};

/** A tool that a run has started. Instants are ISO strings, null while it is at work. */
export type RunToolView = {
  stepNumber: number;
  /** which call of the step, counting from 1 */
  ordinal: number;
  toolName: string;
  /** how often it was started: more than once only where it tolerates that */
  starts: number;
  /** the last start */
  startedAt: string;
  finishedAt: string | null;
  /** unknown: its process was lost, and it may or may not have done its work */
  outcome: 'result' | 'error' | 'unknown' | null;
};

/** What `run.get` tells beside the run: how it came about. */
export type RunRecord = {
  /** when the first word was written, while the run goes on too; null where none was, or it is too long ago to tell */
  firstWordAt: string | null;
  attempts: RunAttempt[];
  steps: RunStepView[];
  /** by step, in the order of their call */
  tools: RunToolView[];
  /** what was written of its answer and then written again, by the runs before it first; each foldable by itself */
  drafts: Chunk[][];
};

type RunBase = {
  id: string;
  chatId: string;
  trigger: RunTrigger;
  /** "provider:model" */
  model: string;
  /** raised each time a worker takes the run */
  epoch: number;
  /** completed steps */
  stepCount: number;
  userMessageId: string;
  assistantMessageId: string;
  /** parts of the answer that stood before this run; folding starts from them */
  baseParts: ChatMessage['parts'];
  stopRequestedAt: string | null;
  /** who asked for the stop; null where nobody did, or the account is gone */
  stoppedBy: { id: string; name: string } | null;
  /** when its worker was last lost; later than resumedAt (or resumedAt null) means nobody has taken it up yet */
  interruptedAt: string | null;
  resumedAt: string | null;
  startedAt: string | null;
  usage: RunUsage | null;
  /** by the runs before it that wrote the same answer; once it is over, by this one too */
  toolsActed: ToolActed[];
  createdAt: string;
  updatedAt: string;
  /** when all this was so, by the same clock */
  readAt: string;
};

/** A run as clients see it. Instants are ISO strings. */
export type RunView = RunBase &
  (
    | { status: ActiveRunStatus; finishedAt: null; error: null }
    | { status: 'succeeded' | 'aborted'; finishedAt: string; error: null }
    | { status: 'failed'; finishedAt: string; error: { code: RunErrorCode; message: string } }
  );
