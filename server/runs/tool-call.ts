/**
 * Tool calls, written ahead: a tool starts only once its model call and its own start are recorded, and its answer is
 * recorded as it arrives. So a successor knows what has happened, what has not, and what nobody can know.
 */
import type { JSONValue } from 'ai';

/** What a tool answered. unknown: it was started, its process was lost, and it must not be started twice. */
export type ToolOutcome =
  | { kind: 'result'; output: JSONValue }
  | { kind: 'error'; message: string }
  | { kind: 'unknown' };

export type ToolStart = {
  /** the provider's id of the call, as in the model call's content */
  toolCallId: string;
  toolName: string;
  /** declared to tolerate a second start, even beside a first one that is still at work */
  idempotent: boolean;
};

/**
 * The tool's own work.
 *
 * @param context.idempotencyKey the same for every start of this call (run, step, ordinal)
 * @param context.abortSignal aborts when the run is stopped or lost and when the tool takes too long
 * @returns JSON; undefined counts as null
 */
export type ExecuteTool = (context: { idempotencyKey: string; abortSignal: AbortSignal }) => Promise<unknown>;
