/** A worker: answers doorbells, claims runs, executes them, settles them; drains on request. */
import type { Logger } from 'pino';
import type { Agent } from './agent.ts';
import { type ClaimedRun, claimRun } from './claim.ts';
import { type DoorbellJob, ringDoorbell, runDoorbellQueue } from './doorbell.ts';
import { executeRun, type Execution, type Interruption } from './execute.ts';
import { createJournal } from './journal.ts';
import { startLiveness } from './liveness.ts';
import type { RunDatabase } from './run-database.ts';
import { settleOwnedRun } from './settle.ts';
import type { RunTimeouts } from './stopwatch.ts';
import { releaseRun } from './transitions.ts';
import { retryUntilDone } from './retry-until-done.ts';

export type WorkerOptions = {
  connectionString: string;
  agent: Agent;
  /** runs at once */
  concurrency: number;
  leaseSeconds: number;
  timeouts: RunTimeouts;
  version: string;
  log: Logger;
};

export type Worker = {
  id: string;
  /** Runs that this process holds, those included whose settlement is still being retried. */
  activeRunIds(): string[];
  /** Abort the run's work here, if it is here: what a stop notification does. */
  interruptForStop(runId: string): void;
  /** Take nothing new, give running steps `graceMs`, then give the rest back. Resolves when nothing is held. */
  drain(graceMs: number): Promise<void>;
};

type HeldRun = { runId: string; interruption: AbortController; done: Promise<void> };

/** Few loops, since each NOTIFY wakes every idle one. The poll is for a NOTIFY that came before its LISTEN. */
const doorbellLoops = { localConcurrency: 2, batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };

/**
 * @param db its boss must be started and able to listen
 * @throws when the database is away
 */
export async function startWorker(db: RunDatabase, options: WorkerOptions): Promise<Worker> {
  const { log, leaseSeconds } = options;
  const held = new Set<HeldRun>();
  const answering = new Set<Promise<void>>();
  const slots = createSlots(options.concurrency);
  const journal = createJournal(db, { leaseSeconds, log });
  let draining = false;
  const releasing = new AbortController();

  function interrupt(runId: string, reason: Interruption): void {
    for (const hold of held) if (hold.runId === runId) hold.interruption.abort(reason);
  }
  const interruptForStop = (runId: string) => interrupt(runId, 'stop');
  const liveness = await startLiveness(db, {
    ...options,
    capacity: options.concurrency,
    onStopHint: (hint) => interruptForStop(hint.runId),
  });

  async function answer(runId: string): Promise<void> {
    await slots.take();
    const claimed = await takeUp(runId);
    if (!claimed) return slots.give();
    // A process that froze may take up its own run again: what it still does under the old lease is over.
    interrupt(runId, 'lost');
    const interruption = new AbortController();
    if (releasing.signal.aborted) interruption.abort('release');
    const done = work(claimed, interruption).finally(() => {
      held.delete(hold);
      slots.give();
    });
    const hold: HeldRun = { runId, interruption, done };
    held.add(hold);
  }

  async function takeUp(runId: string): Promise<ClaimedRun | null> {
    try {
      if (!draining) return await claimRun(db, { runId, workerId: liveness.workerId, leaseSeconds });
      // The job was fetched before the loops stopped: it is for somebody else now.
      await ringDoorbell(db, { runId, priority: 0 });
    } catch (error) {
      // Claimed or not, the sweep finds it: pending, or under a lease that nobody renews.
      log.warn({ err: error, runId }, 'claim failed');
    }
    return null;
  }

  async function work(claimed: ClaimedRun, interruption: AbortController): Promise<void> {
    const runLog = log.child({ runId: claimed.lease.runId, epoch: claimed.lease.epoch });
    try {
      runLog.info({ attempt: claimed.run.attempt, model: claimed.run.model }, 'run claimed');
      const execution = await executeRun({ ...options, db, journal, interruption, log: runLog }, claimed);
      await conclude(claimed, execution, runLog);
    } catch (error) {
      // The lease runs out and another attempt is made, until attempts are spent.
      runLog.error({ err: error }, 'run broke off unexpectedly');
    }
  }

  async function conclude({ lease, run }: ClaimedRun, { outcome, lastSeq }: Execution, runLog: Logger): Promise<void> {
    if (outcome.kind === 'lost') return runLog.warn('run lost to another owner');
    if (outcome.kind === 'released') {
      const released = await retryUntilDone(() => releaseRun(db, lease), runLog, releasing.signal);
      if (released) await ringDoorbell(db, { runId: lease.runId, priority: run.priority });
      return runLog.info('run released');
    }
    const answer = await retryUntilDone(() => settleOwnedRun(db, lease, { outcome, lastSeq }), runLog);
    runLog.info({ outcome, answer }, 'run settled');
  }

  const loopsId = await db.boss.work<DoorbellJob>(runDoorbellQueue.name, doorbellLoops, async (jobs) => {
    for (const job of jobs) {
      const answered = answer(job.data.runId).finally(() => answering.delete(answered));
      answering.add(answered);
      await answered;
    }
    // A loop that has had one job sleeps until the next NOTIFY, even when more are waiting: look again.
    db.boss.notifyWorker(loopsId);
  });

  return {
    id: liveness.workerId,
    activeRunIds: () => [...new Set([...held].map(({ runId }) => runId))],
    interruptForStop,
    async drain(graceMs) {
      draining = true;
      await liveness.drain().catch((error: unknown) => log.warn({ err: error }, 'could not announce the drain'));
      const offDuty = db.boss.offWork(runDoorbellQueue.name, { wait: false });
      const timer = setTimeout(() => {
        releasing.abort();
        for (const { interruption } of held) interruption.abort('release');
      }, graceMs);
      // A claim under way becomes a held run.
      while (held.size + answering.size > 0) await Promise.all([...answering, ...[...held].map(({ done }) => done)]);
      clearTimeout(timer);
      await offDuty.catch((error: unknown) => log.warn({ err: error }, 'could not stop answering doorbells'));
      journal.close();
      await liveness.close();
    },
  };
}

function createSlots(count: number) {
  let free = count;
  const waiting: Array<() => void> = [];
  return {
    take: () => {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise<void>((resolve) => waiting.push(resolve));
    },
    give: () => {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
