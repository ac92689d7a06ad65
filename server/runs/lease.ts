import type { RunRow } from './run-row.ts';

declare const claimed: unique symbol;

/**
 * The authority to write for a run: its id and the epoch it was claimed under. Only claimRun makes one, and every
 * write of a worker demands it; the epoch fences a worker that has been replaced without noticing.
 */
export type Lease = {
  readonly runId: string;
  readonly chatId: string;
  readonly workspaceId: string;
  readonly assistantMessageId: string;
  readonly epoch: number;
  /** when the claim was sent, by performance.now(): the lease cannot have begun earlier */
  readonly askedAtMs: number;
  readonly [claimed]: true;
};

/** @internal for claim.ts alone */
export function leaseOf(row: RunRow, askedAtMs: number): Lease {
  return {
    runId: row.id,
    chatId: row.chat_id,
    workspaceId: row.workspace_id,
    assistantMessageId: row.assistant_message_id,
    epoch: row.epoch,
    askedAtMs,
  } as Lease;
}
