/** One run in the journal's hands: what waits to be appended, in groups that each become one row. */
import type { Chunk } from '#domain/message-view';
import { appendMerged } from '#domain/merge-chunks';
import type { AppendEntry, StepRecord } from './append.ts';
import type { Lease } from './lease.ts';

/** Why a writer must stop its run. lease-expired: this process was too slow; cut-off: the database was away. */
export type JournalAlarm = 'stop' | 'fenced' | 'lease-expired' | 'cut-off' | 'too-long' | 'unstorable';

/** After these nothing more can land. */
const finalAlarms: readonly JournalAlarm[] = ['fenced', 'lease-expired', 'cut-off', 'unstorable'];

/** The lease is gone, so nothing more can be written. */
export class JournalClosed extends Error {
  override name = 'JournalClosed';
}

/** One row's body; the column's CHECK allows 4 MB. */
const maxBodyBytes = 262_144;
const maxChunkBytes = 3_145_728;
/** What one owner may write for a run, as JSON. */
const maxJournalBytes = 8_388_608;

type Group = { fromSeq: number; toSeq: number; chunks: Chunk[]; bytes: number; step: StepRecord | null };

export type OpenRun = {
  lease: Lease;
  onAlarm: (alarm: JournalAlarm) => void;
  groups: Group[];
  /** the first group is on its way and must not change */
  inFlight: boolean;
  nextSeq: number;
  landedSeq: number;
  journalBytes: number;
  leaseEndsAtMs: number;
  renewDue: boolean;
  closed: boolean;
  waiters: Array<{ seq: number; resolve: () => void; reject: (error: Error) => void }>;
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
    journalBytes: 0,
    leaseEndsAtMs: Infinity,
    renewDue: false,
    closed: false,
    waiters: [],
  };
}

/** Bytes that wait. */
export const queuedBytes = (run: OpenRun): number => run.groups.reduce((sum, group) => sum + group.bytes, 0);

/** Resolves once `seq` has landed; rejects with JournalClosed when it never will. */
export function whenLanded(run: OpenRun, seq: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (run.landedSeq >= seq) resolve();
    else if (run.closed) reject(new JournalClosed());
    else run.waiters.push({ seq, resolve, reject });
  });
}

/** Number a chunk and queue it; with `step`, it completes that step. */
export function queueChunk(run: OpenRun, chunk: Chunk, step: StepRecord | null): void {
  for (const piece of splitDelta(chunk)) {
    const bytes = Buffer.byteLength(JSON.stringify(piece));
    run.journalBytes += bytes;
    if (bytes > maxChunkBytes || run.journalBytes > maxJournalBytes) return raise(run, 'too-long');
    const seq = run.nextSeq++;
    const last = run.groups.at(-1);
    const isOpen = last && !(run.inFlight && run.groups.length === 1) && !last.step && last.bytes < maxBodyBytes;
    if (isOpen) {
      appendMerged(last.chunks, piece);
      last.toSeq = seq;
      last.bytes += bytes;
    } else {
      run.groups.push({ fromSeq: seq, toSeq: seq, chunks: [piece], bytes, step: null });
    }
  }
  if (step) run.groups.at(-1)!.step = step;
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
  run.renewDue = false;
  run.inFlight = group !== undefined;
  if (!group) return { lease: run.lease, fromSeq: run.landedSeq + 1, toSeq: run.landedSeq, body: null, step: null };
  const { fromSeq, toSeq, step } = group;
  return { lease: run.lease, fromSeq, toSeq, body: JSON.stringify(group.chunks), step };
}

/** The first group has landed. */
export function markLanded(run: OpenRun): void {
  const group = run.groups.shift();
  if (group) run.landedSeq = group.toSeq;
  for (const waiter of run.waiters.filter(({ seq }) => seq <= run.landedSeq)) waiter.resolve();
  run.waiters = run.waiters.filter(({ seq }) => seq > run.landedSeq);
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
