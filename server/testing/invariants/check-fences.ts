/**
 * I4: nothing was written under an epoch that had been replaced. The numbers tell the order of the rows exactly. Besides,
 * each row tells its epoch and, by the database's clock, when the statement that wrote it began, and each attempt when
 * its claim began. A claim that waits for a lock takes hold later than it began: hence the allowance.
 */
import { isTerminal } from '#domain/run-status';
import type { RunRecord } from './chat-records.ts';
import { chunksOfRow } from './read-journal-rows.ts';
import type { Finding } from './violation.ts';

type Write = { what: string; epoch: number; at: Date };

/** For how long a claim or a settlement may wait for locks. */
const lockWaitMs = 250;

const broken = (what: string): Finding => ({ invariant: 'I4', what });

/** @param databaseDelayMs what a slow link adds to each way to the database */
export function checkFences(run: RunRecord, { databaseDelayMs }: { databaseDelayMs: number }): Finding[] {
  const isLate = (at: Date, since: Date) => at.getTime() - since.getTime() > lockWaitMs + databaseDelayMs;
  return [
    ...writesOf(run).flatMap((write) => checkWrite(run, write, isLate)),
    ...checkPositions(run),
    ...checkOrder(run),
    ...checkAttempts(run),
  ];
}

/** Everything that carries an epoch. */
function writesOf({ chunks, steps, calls, tools }: RunRecord): Write[] {
  return [
    ...chunks.map((row) => ({ what: `the chunks ${row.fromSeq}–${row.toSeq}`, epoch: row.epoch, at: row.createdAt })),
    ...steps.map((row) => ({ what: `step ${row.stepNumber}`, epoch: row.epoch, at: row.createdAt })),
    ...calls.map((row) => ({ what: `the model call of step ${row.stepNumber}`, epoch: row.epoch, at: row.createdAt })),
    ...tools.flatMap((row) => {
      const what = `tool ${row.ordinal} of step ${row.stepNumber}`;
      const start = { what: `the start of ${what}`, epoch: row.epoch, at: row.startedAt };
      // Only its starter records a tool's answer; that it cannot be known may be said by a successor.
      if (!row.finishedAt || row.outcomeKind === 'unknown') return [start];
      return [start, { what: `the answer of ${what}`, epoch: row.epoch, at: row.finishedAt }];
    }),
  ];
}

type IsLate = (at: Date, since: Date) => boolean;

function checkWrite(run: RunRecord, { what, epoch, at }: Write, isLate: IsLate): Finding[] {
  if (epoch > run.epoch) return [broken(`${what} was written under epoch ${epoch}, the run is at ${run.epoch}`)];
  const own = run.attempts.find((attempt) => attempt.epoch === epoch);
  const next = run.attempts.find((attempt) => attempt.epoch > epoch);
  if (next && isLate(at, next.startedAt)) {
    const lateMs = at.getTime() - next.startedAt.getTime();
    return [broken(`${what} was written under epoch ${epoch}, ${lateMs} ms after epoch ${next.epoch} had begun`)];
  }
  if (own && at < own.startedAt) return [broken(`${what} was written under epoch ${epoch} before it began`)];
  if (run.finishedAt && isLate(at, run.finishedAt)) return [broken(`${what} was written after the run's end`)];
  return [];
}

/** Exact, without a clock: each claim has noted how far the journal was. */
function checkPositions({ attempts, chunks }: RunRecord): Finding[] {
  return chunks.flatMap(({ fromSeq, toSeq, epoch }) => {
    const fence = attempts.find((attempt) => attempt.epoch > epoch && toSeq > attempt.lastSeq);
    if (!fence) return [];
    const claimed = `epoch ${fence.epoch} had begun at ${fence.lastSeq}`;
    return [broken(`the chunks ${fromSeq}–${toSeq} were written under epoch ${epoch}, and ${claimed}`)];
  });
}

function checkOrder({ chunks, steps, calls }: RunRecord): Finding[] {
  const falls = (rows: readonly { epoch: number }[]) => rows.some((row, i) => i > 0 && row.epoch < rows[i - 1]!.epoch);
  const epochAt = new Map(chunks.map((row) => [row.toSeq, row.epoch]));
  const strange = steps.filter(({ lastSeq, epoch }) => (epochAt.get(lastSeq) ?? epoch) !== epoch);
  return [
    ...(falls(chunks) ? [broken('the epochs of its chunks fall')] : []),
    ...(falls(steps) ? [broken('the epochs of its steps fall')] : []),
    ...(falls(calls) ? [broken('the epochs of its model calls fall')] : []),
    ...strange.map((step) => broken(`step ${step.stepNumber} and the chunk that ends it have different epochs`)),
  ];
}

function checkAttempts(run: RunRecord): Finding[] {
  const { attempts, epoch } = run;
  const epochs = attempts.map((attempt) => attempt.epoch);
  const last = epochs.at(-1) ?? 0;
  const recorded = run.startedBeforeRecords && epochs.length === 0 ? epoch : last;
  const first = run.startedBeforeRecords ? (epochs[0] ?? 1) : 1;
  const isContiguous = epochs.every((value, i) => value === first + i);
  const isWhole = recorded === epoch || (recorded === epoch - 1 && isSettledBySweeper(run));
  const open = attempts.slice(0, -1).filter(({ endedAt }) => endedAt === null);
  return [
    ...(isContiguous ? [] : [broken(`its attempts have the epochs ${epochs.join(', ')}`)]),
    ...(isWhole ? [] : [broken(`its last attempt has the epoch ${last}, the run is at ${epoch}`)]),
    ...open.map((attempt) => broken(`attempt ${attempt.epoch} is still open beside a later one`)),
  ];
}

/** A sweeper ends a lost run under the next epoch, without a claim: it writes the end, in one row, or nothing. */
function isSettledBySweeper({ status, epoch, chunks }: RunRecord): boolean {
  const own = chunks.filter((row) => row.epoch === epoch);
  const end = own.flatMap((row) => chunksOfRow(row) ?? []).at(-1)?.type;
  const wroteEnd = own.length === 1 && ['finish', 'abort', 'error'].includes(end ?? '');
  return isTerminal(status) && (own.length === 0 || wroteEnd);
}
