/** Runs the sweeps by the clock. A sweep that fails is logged and tried again next time; it never condemns a run. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { RunDatabase } from './run-database.ts';
import {
  expireRunsOfDeadWorkers,
  forgetGoneWorkers,
  pruneJournals,
  pruneOrphanedJournals,
  repairOrphanedAnswers,
  rescueExpiredRuns,
  ringForWaitingRuns,
  stopRunsOfDeletedChats,
} from './sweeps.ts';

const rescueEveryMs = 500;
/** A hundred each time: faster than one process can end runs. */
const pruneEveryMs = 5_000;
const tidyEveryMs = 60_000;
const doorbellPatienceSeconds = 2;
const journalGraceSeconds = 600;

export type Sweeper = { close(): Promise<void> };

/** @param maxAttempts claims without progress after which a run whose owner is lost fails */
export function startSweeper(db: RunDatabase, { maxAttempts, log }: { maxAttempts: number; log: Logger }): Sweeper {
  const rescue = every(rescueEveryMs, log, {
    deadWorkers: () => expireRunsOfDeadWorkers(db),
    rescued: () => rescueExpiredRuns(db, maxAttempts),
    rung: () => ringForWaitingRuns(db, doorbellPatienceSeconds),
  });
  const prune = every(pruneEveryMs, log, {
    pruned: () => pruneJournals(db, journalGraceSeconds),
  });
  const tidy = every(tidyEveryMs, log, {
    stopped: () => stopRunsOfDeletedChats(db),
    repaired: () => repairOrphanedAnswers(db),
    orphaned: () => pruneOrphanedJournals(db),
    forgotten: () => forgetGoneWorkers(db),
  });
  return {
    async close() {
      await Promise.all([rescue(), prune(), tidy()]);
    },
  };
}

/** Returns a function that stops it and waits for the round under way. */
function every(intervalMs: number, log: Logger, sweeps: Record<string, () => Promise<number>>): () => Promise<void> {
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      for (const [sweep, run] of Object.entries(sweeps)) {
        try {
          const count = await run();
          if (count > 0) log.info({ sweep, count }, 'swept');
        } catch (error) {
          log.warn({ err: error, sweep }, 'sweep failed');
        }
      }
      // Spread over time, so that the processes of one installation do not sweep together.
      await delay(intervalMs * (0.75 + Math.random() / 2), undefined, stopping).catch(() => undefined);
    }
  };
  const running = loop();
  return () => {
    stopping.abort();
    return running;
  };
}
