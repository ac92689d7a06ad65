/** The runs that this process holds: claimed, executed, concluded, and interrupted on request. */
import { type ClaimedRun, claimRun } from './claim.ts';
import { concludeRun } from './conclude-run.ts';
import { ringDoorbell } from './doorbell.ts';
import { type ExecuteContext, executeRun, type Interruption } from './execute.ts';
import type { Lease } from './lease.ts';
import { createProbation } from './probation.ts';
import { retryUntilDone } from './retry-until-done.ts';
import type { RunDatabase } from './run-database.ts';
import { createSlots } from './slots.ts';
import { expireRun, releaseRun, uncountAttempt } from './transitions.ts';

export type RunHolderOptions = Omit<ExecuteContext, 'db' | 'interruption' | 'isDraining'> & {
  workerId: string;
  /** runs at once */
  concurrency: number;
  /** claims without progress after which a run whose owner is lost fails */
  maxAttempts: number;
  /** a run was answered to its end here; what follows must neither take long nor throw */
  onSucceeded?: ((runId: string) => void) | undefined;
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
  const probation = createProbation({
    maxAttempts: options.maxAttempts,
    onFree: (runId) => void answer(runId),
    onCleared: ({ lease }) => void clear(lease),
  });
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
      probation.end(claimed);
    });
    const run: HeldRun = { runId, interruption, done };
    held.add(run);
  }

  async function takeUp(runId: string): Promise<ClaimedRun | null> {
    try {
      if (!draining) return await claimBesideSuspects(runId);
      // The job was fetched before the loops stopped: it is for somebody else now.
      await ringDoorbell(db, { runId, priority: 0 });
    } catch (error) {
      // Claimed or not, the sweep finds it: pending, or under a lease that nobody renews.
      log.warn({ err: error, runId }, 'claim failed');
    }
    return null;
  }

  /** A run on its last attempt may be what killed its owners: one at a time, so that no other is blamed for it. */
  async function claimBesideSuspects(runId: string): Promise<ClaimedRun | null> {
    // A doorbell may come before the sweep that ends a run whose attempts are spent.
    const belowAttempt = probation.belowAttempt ?? options.maxAttempts + 1;
    const claimed = await claimRun(db, { runId, workerId, leaseSeconds, belowAttempt });
    if (!claimed) {
      probation.defer(runId);
      return null;
    }
    if (probation.admit(claimed)) return claimed;
    // Two were claimed at the same moment.
    await retryUntilDone(() => releaseRun(db, claimed.lease, 'released'), log, leaving.signal);
    probation.defer(runId);
    return null;
  }

  async function clear(lease: Lease): Promise<void> {
    try {
      await retryUntilDone(() => uncountAttempt(db, lease), log, leaving.signal);
    } catch (error) {
      log.warn({ err: error, runId: lease.runId }, 'could not take the last attempt back');
    }
  }

  async function work(claimed: ClaimedRun, interruption: AbortController): Promise<void> {
    const { lease, run } = claimed;
    const runLog = log.child({ runId: lease.runId, epoch: lease.epoch });
    try {
      runLog.info({ attempt: run.attempt, model: run.model }, 'run claimed');
      const context = { ...options, db, interruption, isDraining: () => draining, log: runLog };
      const execution = await executeRun(context, claimed);
      await concludeRun(db, claimed, { execution, log: runLog, leaving: leaving.signal });
      if (execution.outcome.kind === 'succeeded') options.onSucceeded?.(lease.runId);
    } catch (error) {
      // Another attempt is made, now or when the lease has run out, until attempts are spent.
      runLog.error({ err: error }, 'run broke off unexpectedly');
      await giveUp(claimed).catch((failure: unknown) => runLog.warn({ err: failure }, 'could not give the run up'));
    }
  }

  async function giveUp({ lease, run }: ClaimedRun): Promise<void> {
    const expired = await expireRun(db, { ...lease, reason: 'process_fault' });
    if (expired) await ringDoorbell(db, { runId: lease.runId, priority: run.priority });
  }

  function interrupt(runId: string, reason: Interruption): void {
    for (const run of held) if (run.runId === runId) run.interruption.abort(reason);
  }

  function giveBack(): void {
    leaving.abort();
    for (const { interruption } of held) interruption.abort('release');
  }

  async function answer(runId: string): Promise<void> {
    const answered = hold(runId).finally(() => answering.delete(answered));
    answering.add(answered);
    await answered;
  }

  return {
    answer,
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
