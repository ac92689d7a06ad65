/**
 * I8: nothing of a run begins after its stop was requested. A stop's instant is when its statement began, so what was
 * let through before the stop took hold may carry a later one: each kind of evidence has its allowance.
 */
import type { RunRecord } from './chat-records.ts';
import type { ModelCallSeen } from './evidence.ts';
import { chunksOfRow } from './read-journal-rows.ts';
import type { Finding } from './violation.ts';

/** For how long a statement that requests a stop may wait for locks. */
const lockWaitMs = 1_000;
/** From the leave to begin a step to the first byte at the provider. */
const requestMs = 1_000;
/** How much later than its lease ends an owner's last flush may land. */
const flushMs = 2_000;

export type StopAllowance = {
  leaseSeconds: number;
  /** what a slow link adds to each way to the database */
  databaseDelayMs: number;
};

const broken = (what: string): Finding => ({ invariant: 'I8', what });

/** Claims and tools, which the database lets begin, and steps by their first chunk. */
export function checkStop(run: RunRecord, { leaseSeconds, databaseDelayMs }: StopAllowance): Finding[] {
  const { stopRequestedAt } = run;
  if (!stopRequestedAt) return [];
  const lateMs = (at: Date) => at.getTime() - stopRequestedAt.getTime();
  const guardMs = lockWaitMs + databaseDelayMs;
  // A frozen owner may wake as long as its lease is good and flush what it had begun before the stop.
  const journalMs = leaseSeconds * 1_000 + flushMs + databaseDelayMs;
  const neverBegan = run.startedAt === null && (run.chunks.length > 0 || run.attempts.length > 0);
  return [
    ...(neverBegan ? [broken('it was stopped before it began, and was worked on')] : []),
    ...run.attempts
      .filter(({ startedAt }) => lateMs(startedAt) > guardMs)
      .map(({ epoch, startedAt }) => broken(`it was claimed (epoch ${epoch}) ${lateMs(startedAt)} ms after its stop`)),
    ...run.tools
      .filter(({ startedAt }) => lateMs(startedAt) > guardMs)
      .map(({ toolName, startedAt }) => broken(`${toolName} was started ${lateMs(startedAt)} ms after its stop`)),
    ...run.chunks
      .filter((row) => lateMs(row.createdAt) > journalMs && chunksOfRow(row)?.some(({ type }) => type === 'start-step'))
      .map((row) => broken(`a step began (chunk ${row.fromSeq}) ${lateMs(row.createdAt)} ms after its stop`)),
  ];
}

/** @param seen the requests for this run, as the model's server saw them */
export function checkModelCalls(run: RunRecord, seen: readonly ModelCallSeen[], allowance: StopAllowance): Finding[] {
  const { stopRequestedAt } = run;
  if (!stopRequestedAt) return [];
  const allowedMs = requestMs + lockWaitMs + allowance.databaseDelayMs;
  const late = seen.map(({ beganAtMs }) => beganAtMs - stopRequestedAt.getTime()).filter((ms) => ms > allowedMs);
  // An owner that froze between the leave and its request makes it when it wakes, once.
  const frozen = run.attempts.filter(({ endReason }) => endReason === 'lease_expired' || endReason === 'cut_off').length;
  if (late.length <= frozen) return [];
  return [broken(`the model was asked ${Math.round(Math.max(...late))} ms after its stop`)];
}
