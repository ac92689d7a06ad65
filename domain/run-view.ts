import type { RunErrorCode } from './run-error.ts';
import type { ChatMessage } from './message-view.ts';
import type { ActiveRunStatus } from './run-status.ts';

export type RunTrigger = 'user' | 'regenerate' | 'continue' | 'approval';

/** Tokens, summed over the steps of a run. */
export type RunUsage = { inputTokens: number; outputTokens: number; totalTokens: number };

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
  /** when its worker was last lost; later than resumedAt (or resumedAt null) means nobody has taken it up yet */
  interruptedAt: string | null;
  resumedAt: string | null;
  startedAt: string | null;
  usage: RunUsage | null;
  createdAt: string;
  updatedAt: string;
};

/** A run as clients see it. Instants are ISO strings. */
export type RunView = RunBase &
  (
    | { status: ActiveRunStatus; finishedAt: null; error: null }
    | { status: 'succeeded' | 'aborted'; finishedAt: string; error: null }
    | { status: 'failed'; finishedAt: string; error: { code: RunErrorCode; message: string } }
  );
