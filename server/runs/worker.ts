/** A worker: alive in the database's eyes, answering doorbells, holding runs; drains on request. */
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Agent } from './agent.ts';
import { type DoorbellJob, runDoorbellQueue } from './doorbell.ts';
import { createJournal } from './journal.ts';
import { startLiveness } from './liveness.ts';
import { passRacePoint } from './race-points.ts';
import type { RunDatabase } from './run-database.ts';
import { createRunHolder } from './run-holder.ts';
import type { RunTimeouts } from './stopwatch.ts';

export type WorkerOptions = {
  connectionString: string;
  agent: Agent;
  /** runs at once */
  concurrency: number;
  leaseSeconds: number;
  /** claims without progress after which a run whose owner is lost fails */
  maxAttempts: number;
  timeouts: RunTimeouts;
  /** a run was answered to its end by this worker; what follows must neither take long nor throw */
  onSucceeded?: (runId: string) => void;
  version: string;
  log: Logger;
};

export type Worker = {
  id: string;
  /** Runs that this process holds, those included whose settlement is still being retried. */
  heldRunIds(): string[];
  /** Take nothing new, give running steps `graceMs`, then give the rest back. Resolves when nothing is held. */
  drain(graceMs: number): Promise<void>;
};

/** Few loops, since each NOTIFY wakes every idle one. The poll is for a NOTIFY that came before its LISTEN. */
const doorbellLoops = { localConcurrency: 2, batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };

/**
 * @param db its boss must be started and able to listen
 * @throws when the database is away
 */
export async function startWorker(db: RunDatabase, options: WorkerOptions): Promise<Worker> {
  const { log, leaseSeconds } = options;
  const workerId = uuidv7();
  const journal = createJournal(db, { leaseSeconds, log });
  const holder = createRunHolder(db, { ...options, workerId, journal });
  const liveness = await startLiveness(db, {
    ...options,
    workerId,
    capacity: options.concurrency,
    onStopHint: ({ runId }) => holder.interrupt(runId, 'stop'),
  });

  const loopsId = await db.boss.work<DoorbellJob>(runDoorbellQueue.name, doorbellLoops, async (jobs) => {
    for (const job of jobs) await holder.answer(job.data.runId);
    await passRacePoint('before-job-completion');
    // A loop that has had one job sleeps until the next NOTIFY, even when more are waiting: look again.
    db.boss.notifyWorker(loopsId);
  });

  return {
    id: workerId,
    heldRunIds: () => holder.heldRunIds(),
    async drain(graceMs) {
      const held = holder.drain(graceMs);
      await liveness.drain().catch((error: unknown) => log.warn({ err: error }, 'could not announce the drain'));
      const offDuty = db.boss.offWork(runDoorbellQueue.name, { wait: false });
      await held;
      await offDuty.catch((error: unknown) => log.warn({ err: error }, 'could not stop answering doorbells'));
      journal.close();
      await liveness.close();
    },
  };
}
