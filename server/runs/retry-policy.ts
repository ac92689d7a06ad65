/** Decisions about runs whose owner is gone. Pure. */
import type { RunOutcome } from './journal-reading.ts';

export type LostRun = { stopRequested: boolean; attempt: number };

/** settle: end it now. ring: let another worker go on. */
export type RescueDecision = { kind: 'settle'; outcome: RunOutcome } | { kind: 'ring' };

/** What becomes of a run whose lease has expired: a stop is honoured, spent attempts end it, else it goes on. */
export function decideRescue(run: LostRun, maxAttempts: number): RescueDecision {
  if (run.stopRequested) return { kind: 'settle', outcome: { kind: 'aborted' } };
  if (run.attempt >= maxAttempts) {
    const detail = `the owner was lost ${run.attempt} times without a completed step between`;
    return { kind: 'settle', outcome: { kind: 'failed', code: 'WORKER_LOST', detail } };
  }
  return { kind: 'ring' };
}
