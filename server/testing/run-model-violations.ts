/** The invariants of RunModel, said about one event: independent of the guards that are to keep them. */
import { isActive, isTerminal } from '#domain/run-status';
import type { ModelEvent } from './run-model-events.ts';
import type { ModelRun, ModelState } from './run-model.ts';
import type { StoreAnswer } from './run-model-store.ts';

export type ModelMove = { before: ModelState; event: ModelEvent; answer: StoreAnswer | null; after: ModelState };

/** Which invariants an event has broken, in words. */
export function violationsOf(move: ModelMove): string[] {
  const { before, after } = move;
  const found: string[] = [];
  if (after.runs.filter(({ status }) => isActive(status)).length > 1) found.push('two active runs in one chat');
  for (const [index, run] of after.runs.entries()) {
    const old = before.runs[index];
    if (old === run) continue;
    found.push(...flawsOf(run));
    if (old) found.push(...illegalChanges(old, run, move));
  }
  for (const hold of after.workers) {
    const run = hold && after.runs[hold.run];
    if (run?.epoch === hold?.epoch && hold && run && hold.lastSeq > run.lastSeq) found.push('a landed chunk is not there');
  }
  return found;
}

/** What no row may ever look like. */
function flawsOf(run: ModelRun): string[] {
  const found: string[] = [];
  const { journal, lastSeq, lease, status } = run;
  if (journal.some(({ fromSeq }, i) => fromSeq !== (journal[i - 1]?.toSeq ?? 0) + 1) || (journal.at(-1)?.toSeq ?? 0) !== lastSeq) {
    found.push('the journal is not contiguous');
  }
  if (journal.some(({ epoch }, i) => epoch < (journal[i - 1]?.epoch ?? 0))) found.push('an older epoch wrote after a newer one');
  if ((status === 'running') !== (lease !== 'none')) found.push('a lease without a running run, or the reverse');
  return found;
}

function illegalChanges(old: ModelRun, run: ModelRun, { before, event, answer }: ModelMove): string[] {
  const found: string[] = [];
  if (isTerminal(old.status) && JSON.stringify(old) !== JSON.stringify(run)) found.push('a settled run was changed');
  const statement = event.kind === 'write' ? event.write : event.kind === 'lateArrives' ? before.late : null;
  if (statement && statement.epoch < old.epoch) found.push('an owner that was replaced has written');
  if (statement?.kind === 'release' && old.released && old.attempt !== run.attempt) found.push('one release was counted twice');
  if (answer === 'begun' && old.stopRequested) found.push('a step began after a stop request');
  if (event.kind === 'claim' && old.stopRequested) found.push('a stopped run was resumed');
  if (event.kind === 'claim' && old.lease === 'live') found.push('a run was taken from an owner whose lease is alive');
  const finding = event.kind === 'sweep' ? before.finding : null;
  if (finding?.act === 'expire' && finding.reason === 'lease_expired' && old.lease === 'live') {
    found.push('a sweep has ended the lease of an owner that is back');
  }
  if (finding?.act === 'settle' && old.lease !== 'expired') {
    found.push('a sweep has ended a run that somebody looks after');
  }
  return found;
}
