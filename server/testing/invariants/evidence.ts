import type { RunEvent } from '#domain/run-event';

/** What one follower of a chat heard, reconnections included, in the order of arrival. */
export type ClientStream = {
  chatId: string;
  /** who followed; must be a member of the chat now. Without it, membership is not checked */
  userId?: string;
  /** it began at a cursor that somebody else had heard, so its first chunks need not be a `replace` */
  resumed?: boolean;
  /** it was followed until everything had ended, so it must have heard all of it */
  toTheEnd?: boolean;
  events: readonly RunEvent[];
};

/** A start of a tool, as the tool's own server saw it. */
export type ToolStartSeen = { idempotencyKey: string; toolName: string; idempotent: boolean };

/** A request for an answer, as the model's server saw it. */
export type ModelCallSeen = {
  runId: string;
  /** ms since 1970, by a clock that agrees with the database's */
  beganAtMs: number;
};
