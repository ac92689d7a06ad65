/** Runs the sweeps by the clock. A sweep that fails is logged and tried again next time; it never condemns a run. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { RunDatabase } from './run-database.ts';
import { isDatabaseAway } from './database-away.ts';
import { createDeathWatch } from './death-watch.ts';
import { createOutageGrace, type OutageGrace } from './outage-grace.ts';
import { countStuck, type StuckPatience, stuckPatience } from './stuck.ts';
import {
  forgetGoneWorkers,
  pruneJournals,
  pruneOrphanedJournals,
  repairOrphanedAnswers,
  rescueExpiredRuns,
  ringForWaitingRuns,
  sendStrandedMessages,
  stopRunsOfDeletedChats,
  sweepBatchSize,
} from './sweeps.ts';

/** Two looks make a death: it is noticed within a second. */
const rescueEveryMs = 350;
const pruneEveryMs = 5_000;
const tidyEveryMs = 60_000;
/** With the spread, once a minute at most. */
const lookForStuckEveryMs = 80_000;
/** After a round that has left something to do. */
const goOnAfterMs = 100;
const doorbellPatienceSeconds = 2;
const journalGraceSeconds = 600;

/** As the log and the metrics call them. stuck mends nothing: it looks at what the others leave. */
export const sweepNames = [
  'deadWorkers',
  'rescued',
  'rung',
  'sent',
  'pruned',
  'stopped',
  'repaired',
  'orphaned',
  'forgotten',
  'stuck',
] as const;
export type SweepName = (typeof sweepNames)[number];

export type Sweeper = { close(): Promise<void> };

/** Hears of every round, whatever the log's level. */
export type SweepObserver = {
  /** @param count how many were mended; most often none */
  swept(sweep: SweepName, count: number): void;
  failed(sweep: SweepName): void;
};

export type SweeperOptions = {
  /** claims without progress after which a run whose owner is lost fails */
  maxAttempts: number;
  log: Logger;
  observer?: SweepObserver | undefined;
  /** how often to look for what is stuck; for tests */
  lookEveryMs?: number;
  /** for tests */
  patience?: StuckPatience;
};

/** Sweep until closed; close waits for the rounds under way. */
export function startSweeper(db: RunDatabase, options: SweeperOptions): Sweeper {
  const { maxAttempts, lookEveryMs = lookForStuckEveryMs } = options;
  const stopping = new AbortController();
  const grace = createOutageGrace();
  const sweepEvery = (intervalMs: number, sweeps: Sweeps) => repeat({ ...options, sweeps, intervalMs, stopping, grace });
  const rounds = [
    sweepEvery(rescueEveryMs, {
      deadWorkers: grace.heed(createDeathWatch(db)),
      rescued: grace.heed(() => rescueExpiredRuns(db, maxAttempts)),
      rung: () => ringForWaitingRuns(db, doorbellPatienceSeconds),
    }),
    sweepEvery(pruneEveryMs, {
      sent: () => sendStrandedMessages(db),
      pruned: () => pruneJournals(db, journalGraceSeconds),
    }),
    sweepEvery(tidyEveryMs, {
      stopped: () => stopRunsOfDeletedChats(db),
      repaired: () => repairOrphanedAnswers(db),
      orphaned: () => pruneOrphanedJournals(db),
      forgotten: () => forgetGoneWorkers(db),
    }),
    // Not at once: what a standstill has left is for the others to mend first.
    pause(lookEveryMs, stopping).then(() => sweepEvery(lookEveryMs, { stuck: () => lookForStuck(db, options) })),
  ];
  return {
    async close() {
      stopping.abort();
      await Promise.all(rounds);
    },
  };
}

/** Returns how many it has mended: none. */
async function lookForStuck(db: RunDatabase, { log, patience = stuckPatience }: SweeperOptions): Promise<number> {
  const { runs, messages, runIds } = await countStuck(db, patience);
  if (runs + messages > 0) log.error({ runs, messages, runIds }, 'stuck: nobody looks after them');
  return 0;
}

type Sweeps = Partial<Record<SweepName, () => Promise<number>>>;
type Rounds = Pick<SweeperOptions, 'log' | 'observer'> & {
  sweeps: Sweeps;
  intervalMs: number;
  stopping: AbortController;
  grace: OutageGrace;
};

/** What a failed sweep saw is forgotten, and the next round looks anew. */
async function repeat({ sweeps, intervalMs, stopping, grace, log, observer }: Rounds): Promise<void> {
  while (!stopping.signal.aborted) {
    let isDone = true;
    for (const [sweep, run] of Object.entries(sweeps) as Array<[SweepName, () => Promise<number>]>) {
      if (stopping.signal.aborted) return;
      try {
        const count = await run();
        if (count >= sweepBatchSize) isDone = false;
        if (count > 0) log.info({ sweep, count }, 'swept');
        observer?.swept(sweep, count);
      } catch (error) {
        log.warn({ err: error, sweep }, 'sweep failed');
        observer?.failed(sweep);
        if (isDatabaseAway(error)) grace.noteFailure();
      }
    }
    // Spread over time, so that the processes of one installation do not sweep together.
    await pause(isDone ? intervalMs * (0.75 + Math.random() / 2) : goOnAfterMs, stopping);
  }
}

const pause = (ms: number, stopping: AbortController) => delay(ms, undefined, stopping).catch(() => undefined);
