import type { Logger } from 'pino';
import type { ClaimedRun } from './claim.ts';
import { ringDoorbell } from './doorbell.ts';
import type { Execution } from './execute.ts';
import { retryUntilDone } from './retry-until-done.ts';
import type { RunDatabase } from './run-database.ts';
import { settleOwnedRun } from './settle.ts';
import { releaseRun } from './transitions.ts';

/**
 * What follows from an execution: settle it, give it back, or forget it. The terminal write is retried until it lands;
 * the process holds the run until then.
 *
 * @param leaving aborts when the process has no time left: what cannot be written then is left to the next owner
 */
export async function concludeRun(
  db: RunDatabase,
  { lease, run }: ClaimedRun,
  { execution, log, leaving }: { execution: Execution; log: Logger; leaving: AbortSignal },
): Promise<void> {
  const { outcome, lastSeq } = execution;
  switch (outcome.kind) {
    case 'lost':
      return log.warn('run lost to another owner');
    case 'released': {
      const released = await retryUntilDone(() => releaseRun(db, lease, outcome.reason), log, leaving);
      if (released) await ringDoorbell(db, { runId: lease.runId, priority: run.priority });
      return log.info({ reason: outcome.reason }, 'run released');
    }
    default: {
      const answer = await retryUntilDone(() => settleOwnedRun(db, lease, { outcome, lastSeq }), log, leaving);
      return answer === 'refused' ? log.warn({ outcome }, 'run lost to another owner') : log.info({ outcome, answer }, 'run settled');
    }
  }
}
