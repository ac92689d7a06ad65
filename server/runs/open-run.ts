/** One run in the journal's hands: what waits to be appended, in groups that each become one row. */
import type { Chunk } from '#domain/message-view';
import { appendMerged } from '#domain/merge-chunks';
import type { ModelCall } from './agent.ts';
import type { AppendEntry, StepRecord } from './append.ts';
import type { Lease } from './lease.ts';

/** Why a writer must stop its run. lease-expired: this process was too slow; cut-off: the database was away. */
export type JournalAlarm = 'stop' | 'fenced' | 'lease-expired' | 'cut-off' | 'too-long' | 'unstorable' | 'disk-full';

/** After these nothing more can land. */
const finalAlarms: readonly JournalAlarm[] = ['fenced', 'lease-expired', 'cut-off', 'unstorable', 'disk-full'];

/** The lease is gone, so nothing more can be written. */
export class JournalClosed extends Error {
  override name = 'JournalClosed';
}

/** One row's body; the column's CHECK allows 4 MB. */
const maxBodyBytes = 262_144;
const maxChunkBytes = 3_145_728;
/** What one owner may write for a run, as JSON. */
const maxJournalBytes = 8_388_608;

type Group = {
  fromSeq: number;
  toSeq: number;
  chunks: Chunk[];
  bytes: number;
  step: StepRecord | null;
  call: ModelCall | null;
};

export type OpenRun = {
  lease: Lease;
  onAlarm: (alarm: JournalAlarm) => void;
  groups: Group[];
  /** the first group is on its way and must not change */
  inFlight: boolean;
  nextSeq: number;
  landedSeq: number;
  /** groups ever queued, and those of them that have landed */
  queuedGroups: number;
  landedGroups: number;
  journalBytes: number;
  leaseEndsAtMs: number;
  closed: boolean;
  waiters: Array<{ groups: number; resolve: () => void; reject: (error: Error) => void }>;
};

/** @param lastSeq what the journal already holds */
export function createOpenRun(lease: Lease, lastSeq: number, onAlarm: OpenRun['onAlarm']): OpenRun {
  return {
    lease,
    onAlarm,
    groups: [],
    inFlight: false,
    nextSeq: lastSeq + 1,
    landedSeq: lastSeq,
    queuedGroups: 0,
    landedGroups: 0,
    journalBytes: 0,
    leaseEndsAtMs: Infinity,
    closed: false,
    waiters: [],
  };
}

/** Bytes that wait. */
export const queuedBytes = (run: OpenRun): number => run.groups.reduce((sum, group) => sum + group.bytes, 0);

/** Resolves once the first `groups` groups have landed; rejects with JournalClosed when they never will. */
export function whenLanded(run: OpenRun, groups: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (run.landedGroups >= groups) resolve();
    else if (run.closed) reject(new JournalClosed());
    else run.waiters.push({ groups, resolve, reject });
  });
}

/** Number a chunk and queue it; with `step`, it completes that step. */
export function queueChunk(run: OpenRun, chunk: Chunk, step: StepRecord | null): void {
  for (const piece of splitDelta(chunk)) {
    const bytes = Buffer.byteLength(JSON.stringify(piece));
    run.journalBytes += bytes;
    if (bytes > maxChunkBytes || run.journalBytes > maxJournalBytes) return raise(run, 'too-long');
    const group = openGroup(run);
    appendMerged(group.chunks, piece);
    group.toSeq = run.nextSeq++;
    group.bytes += bytes;
  }
  if (step) run.groups.at(-1)!.step = step;
}

/** Queue the record of the model call whose chunks were queued last; tools start when it has landed. */
export function queueCall(run: OpenRun, call: ModelCall): void {
  openGroup(run).call = call;
}

/** The last group while something may be added to it, else a new one. */
function openGroup(run: OpenRun): Group {
  const last = run.groups.at(-1);
  const isFrozen = run.inFlight && run.groups.length === 1;
  if (last && !isFrozen && !last.step && !last.call && last.bytes < maxBodyBytes) return last;
  const group = { fromSeq: run.nextSeq, toSeq: run.nextSeq - 1, chunks: [], bytes: 0, step: null, call: null };
  run.groups.push(group);
  run.queuedGroups += 1;
  return group;
}

/** A provider may send megabytes in one delta; rows and notifications stay small. */
function splitDelta(chunk: Chunk): Chunk[] {
  if (chunk.type !== 'text-delta' && chunk.type !== 'reasoning-delta') return [chunk];
  if (chunk.delta.length <= maxBodyBytes / 4) return [chunk];
  const pieces = chunk.delta.match(/[^]{1,65536}/gu) ?? [];
  return pieces.map((delta) => ({ ...chunk, delta }));
}

/** The first group, frozen while it is on its way; without one, a mere renewal of the lease. */
export function toEntry(run: OpenRun): AppendEntry {
  const [group] = run.groups;
  run.inFlight = group !== undefined;
  const { lease, landedSeq } = run;
  if (!group) return { lease, fromSeq: landedSeq + 1, toSeq: landedSeq, body: null, step: null, call: null };
  const { fromSeq, toSeq, chunks, step, call } = group;
  return { lease, fromSeq, toSeq, body: chunks.length > 0 ? JSON.stringify(chunks) : null, step, call };
}

/** The first group has landed. */
export function markLanded(run: OpenRun): void {
  run.landedSeq = run.groups.shift()!.toSeq;
  run.landedGroups += 1;
  for (const waiter of run.waiters.filter(({ groups }) => groups <= run.landedGroups)) waiter.resolve();
  run.waiters = run.waiters.filter(({ groups }) => groups > run.landedGroups);
}

/** Tell the owner; after a final alarm nothing more is taken. */
export function raise(run: OpenRun, alarm: JournalAlarm): void {
  if (run.closed) return;
  if (finalAlarms.includes(alarm)) closeRun(run);
  run.onAlarm(alarm);
}

/** Whoever waits is told that it is over. */
export function closeRun(run: OpenRun): void {
  run.closed = true;
  for (const waiter of run.waiters) waiter.reject(new JournalClosed());
  run.waiters = [];
}
