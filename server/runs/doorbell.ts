/**
 * The doorbell: a pg-boss job that says "look at this run". The run row carries the truth, so a doorbell that is
 * late, doubled or lost does no harm. It is rung inside the transaction that made the run claimable.
 */

/** The queue: woken by NOTIFY, never redelivered (recovery rings a new one). */
export const runDoorbellQueue = {
  name: 'run',
  options: { policy: 'standard', notify: true, retryLimit: 0, expireInSeconds: 60, deleteAfterSeconds: 60 },
} as const;

/** What a doorbell says. */
export type DoorbellJob = { runId: string };
