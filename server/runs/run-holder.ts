/** The runs that this process holds: claimed, executed, concluded, and interrupted on request. */
import { type ClaimedRun, claimRun } from './claim.ts';
import { concludeRun } from './conclude-run.ts';
import { ringDoorbell } from './doorbell.ts';
import { type ExecuteContext, executeRun, type Interruption } from './execute.ts';
import type { RunDatabase } from './run-database.ts';
import { createSlots } from './slots.ts';

export type RunHolderOptions = Omit<ExecuteContext, 'db' | 'interruption'> & {
  workerId: string;
  /** runs at once */
  concurrency: number;
};

export type RunHolder = {
  /** Wait for a free slot, claim the run and hold it until it is concluded. Resolves once it is held, or not to be had. */
  answer(runId: string): Promise<void>;
  interrupt(runId: string, reason: Interruption): void;
  heldRunIds(): string[];
  /** Take nothing new, give what is held `graceMs`, then give it back. Resolves when nothing is held. */
  drain(graceMs: number): Promise<void>;
};

type HeldRun = { runId: string; interruption: AbortController; done: Promise<void> };

export function createRunHolder(db: RunDatabase, options: RunHolderOptions): RunHolder {
  const { log, leaseSeconds, workerId } = options;
  const held = new Set<HeldRun>();
  const answering = new Set<Promise<void>>();
  const slots = createSlots(options.concurrency);
  const leaving = new AbortController();
  let draining = false;

  async function hold(runId: string): Promise<void> {
    await slots.take();
    const claimed = await takeUp(runId);
    if (!claimed) return slots.give();
    // A process that froze may take up its own run again: what it still does under the old lease is over.
    interrupt(runId, 'lost');
    const interruption = new AbortController();
    if (leaving.signal.aborted) interruption.abort('release');
    const done = work(claimed, interruption).finally(() => {
      held.delete(run);
      slots.give();
    });
    const run: HeldRun = { runId, interruption, done };
    held.add(run);
  }

  async function takeUp(runId: string): Promise<ClaimedRun | null> {
    try {
      if (!draining) return await claimRun(db, { runId, workerId, leaseSeconds });
      // The job was fetched before the loops stopped: it is for somebody else now.
      await ringDoorbell(db, { runId, priority: 0 });
    } catch (error) {
      // Claimed or not, the sweep finds it: pending, or under a lease that nobody renews.
      log.warn({ err: error, runId }, 'claim failed');
    }
    return null;
  }

  async function work(claimed: ClaimedRun, interruption: AbortController): Promise<void> {
    const { lease, run } = claimed;
    const runLog = log.child({ runId: lease.runId, epoch: lease.epoch });
    try {
      runLog.info({ attempt: run.attempt, model: run.model }, 'run claimed');
      const execution = await executeRun({ ...options, db, interruption, log: runLog }, claimed);
      await concludeRun(db, claimed, { execution, log: runLog, leaving: leaving.signal });
    } catch (error) {
      // The lease runs out and another attempt is made, until attempts are spent.
      runLog.error({ err: error }, 'run broke off unexpectedly');
    }
  }

  function interrupt(runId: string, reason: Interruption): void {
    for (const run of held) if (run.runId === runId) run.interruption.abort(reason);
  }

  function giveBack(): void {
    leaving.abort();
    for (const { interruption } of held) interruption.abort('release');
  }

  return {
    async answer(runId) {
      const answered = hold(runId).finally(() => answering.delete(answered));
      answering.add(answered);
      await answered;
    },
    interrupt,
    heldRunIds: () => [...new Set([...held].map(({ runId }) => runId))],
    async drain(graceMs) {
      draining = true;
      const timer = setTimeout(giveBack, graceMs);
      // A claim under way becomes a held run.
      while (held.size + answering.size > 0) await Promise.all([...answering, ...[...held].map(({ done }) => done)]);
      clearTimeout(timer);
    },
  };
}
