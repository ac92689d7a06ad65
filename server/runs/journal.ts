/**
 * The journal's writer: collects the chunks of every run of this process and appends them together. It flushes at once
 * when idle and coalesces while a flush is under way, so the batch grows with the database's latency.
 */
import type { Logger } from 'pino';
import type { Chunk } from '#domain/message-view';
import { appendMerged } from '#domain/merge-chunks';
import { appendChunks, type AppendEntry, type AppendOutcome, type StepRecord } from './append.ts';
import type { ChunkHint } from './hints.ts';
import type { Lease } from './lease.ts';
import { passRacePoint } from './race-points.ts';
import { isRefusedData } from './refused-data.ts';
import type { RunDatabase } from './run-database.ts';

/** Why a writer must stop its run. lease-expired: this process was too slow; cut-off: the database was away. */
export type JournalAlarm = 'stop' | 'fenced' | 'lease-expired' | 'cut-off' | 'too-long' | 'unstorable';

/** After these nothing more can land. */
const finalAlarms: readonly JournalAlarm[] = ['fenced', 'lease-expired', 'cut-off', 'unstorable'];

export type RunWriter = {
  /** Number and queue one chunk; with `step`, it completes that step. Never waits. */
  write(chunk: Chunk, step?: StepRecord): void;
  /** Resolves when everything written so far has landed; rejects with JournalClosed once fenced. */
  landed(): Promise<void>;
  /** Resolves when the queue is short enough to go on reading the provider. */
  ready(): Promise<void>;
  /** The number of the last landed chunk. */
  lastSeq(): number;
  /** Forget the run; what has not landed is dropped. */
  close(): void;
};

export type Journal = {
  open(lease: Lease, lastSeq: number, onAlarm: (alarm: JournalAlarm) => void): RunWriter;
  /** Stops the lease timer. */
  close(): void;
};

/** The lease is gone, so nothing more can be written. */
export class JournalClosed extends Error {
  override name = 'JournalClosed';
}

const renewEveryMs = 2_000;
const busyRetryMs = 5;
const maxRetryMs = 1_000;
/** One row's body; the column's CHECK allows 4 MB. */
const maxBodyBytes = 262_144;
const maxChunkBytes = 3_145_728;
/** What may wait for the database before the provider is read more slowly. */
const maxQueuedBytes = 4_194_304;
/** What one owner may write for a run, as JSON. */
const maxJournalBytes = 8_388_608;

type Group = { fromSeq: number; toSeq: number; chunks: Chunk[]; bytes: number; step: StepRecord | null };
type OpenRun = {
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

/** @param leaseSeconds what each flush renews the leases to */
export function createJournal(db: RunDatabase, { leaseSeconds, log }: { leaseSeconds: number; log: Logger }): Journal {
  const runs = new Set<OpenRun>();
  let flushing = false;
  let failures = 0;

  async function flushAll(): Promise<void> {
    if (flushing) return;
    flushing = true;
    try {
      for (let batch = takeBatch(runs); batch.length > 0; batch = takeBatch(runs)) await flushBatch(batch);
    } finally {
      flushing = false;
    }
  }

  async function flushBatch(batch: OpenRun[]): Promise<void> {
    const entries = batch.map(toEntry);
    const startedAtMs = performance.now();
    try {
      await passRacePoint('before-flush');
      const outcomes = await appendChunks(db, entries, leaseSeconds);
      failures = 0;
      for (const [i, run] of batch.entries()) {
        if (outcomes[i]!.kind === 'landed') run.leaseEndsAtMs = startedAtMs + leaseSeconds * 1_000;
      }
      const hints = batch.flatMap((run, i) => settleEntry(run, entries[i]!, outcomes[i]!));
      if (hints.length > 0) db.hints.chunks(hints);
      await passRacePoint('after-flush');
      if (outcomes.every((outcome) => outcome.kind === 'busy')) await pause(busyRetryMs);
    } catch (error) {
      if (isRefusedData(error)) return isolateRefused(batch);
      // Whether it landed is unknown; the same entries are sent again, and a landed one answers "landed".
      log.warn({ err: error, runs: batch.length }, 'flush failed, trying again');
      await pause(Math.min(maxRetryMs, 25 * 2 ** failures++));
    }
  }

  /** One run's data must not stop the others: they go alone, and the one that is refused ends. */
  async function isolateRefused(batch: OpenRun[]): Promise<void> {
    const [only, ...others] = batch;
    if (others.length > 0) for (const run of batch) await flushBatch([run]);
    else if (only) raise(only, 'unstorable');
  }

  const kick = () => void flushAll();
  const timer = setInterval(() => {
    for (const run of runs) {
      run.renewDue = true;
      if (performance.now() > run.leaseEndsAtMs) raise(run, failures > 0 ? 'cut-off' : 'lease-expired');
    }
    kick();
  }, Math.min(renewEveryMs, (leaseSeconds * 1_000) / 4));
  timer.unref();

  return {
    open(lease, lastSeq, onAlarm) {
      const run: OpenRun = {
        lease,
        onAlarm,
        groups: [],
        inFlight: false,
        nextSeq: lastSeq + 1,
        landedSeq: lastSeq,
        journalBytes: 0,
        leaseEndsAtMs: performance.now() + leaseSeconds * 1_000,
        renewDue: false,
        closed: false,
        waiters: [],
      };
      runs.add(run);
      return createWriter(run, kick, () => runs.delete(run));
    },
    close: () => clearInterval(timer),
  };
}

function createWriter(run: OpenRun, kick: () => void, forget: () => void): RunWriter {
  const landedUpTo = (seq: number) =>
    new Promise<void>((resolve, reject) => {
      if (run.landedSeq >= seq) resolve();
      else if (run.closed) reject(new JournalClosed());
      else run.waiters.push({ seq, resolve, reject });
    });
  return {
    write(chunk, step) {
      if (run.closed) return;
      queueChunk(run, chunk, step ?? null);
      kick();
    },
    landed: () => landedUpTo(run.nextSeq - 1),
    ready: async () => {
      if (run.groups.reduce((sum, group) => sum + group.bytes, 0) > maxQueuedBytes) {
        await landedUpTo(run.groups[0]!.toSeq);
      }
    },
    lastSeq: () => run.landedSeq,
    close() {
      closeRun(run);
      forget();
    },
  };
}

function queueChunk(run: OpenRun, chunk: Chunk, step: StepRecord | null): void {
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

function takeBatch(runs: Set<OpenRun>): OpenRun[] {
  return [...runs].filter((run) => !run.closed && (run.groups.length > 0 || run.renewDue));
}

function toEntry(run: OpenRun): AppendEntry {
  const [group] = run.groups;
  run.renewDue = false;
  run.inFlight = group !== undefined;
  if (!group) return { lease: run.lease, fromSeq: run.landedSeq + 1, toSeq: run.landedSeq, body: null, step: null };
  const { fromSeq, toSeq, step } = group;
  return { lease: run.lease, fromSeq, toSeq, body: JSON.stringify(group.chunks), step };
}

function settleEntry(run: OpenRun, entry: AppendEntry, outcome: AppendOutcome): ChunkHint[] {
  run.inFlight = false;
  if (outcome.kind === 'fenced') raise(run, 'fenced');
  if (outcome.kind !== 'landed') return [];
  if (outcome.stopRequested) run.onAlarm('stop');
  if (entry.body === null) return [];
  run.groups.shift();
  run.landedSeq = entry.toSeq;
  for (const waiter of run.waiters.filter(({ seq }) => seq <= run.landedSeq)) waiter.resolve();
  run.waiters = run.waiters.filter(({ seq }) => seq > run.landedSeq);
  const { chatId, runId, assistantMessageId: messageId, epoch } = run.lease;
  return [{ chatId, runId, messageId, epoch, fromSeq: entry.fromSeq, toSeq: entry.toSeq, body: entry.body }];
}

function raise(run: OpenRun, alarm: JournalAlarm): void {
  if (run.closed) return;
  if (finalAlarms.includes(alarm)) closeRun(run);
  run.onAlarm(alarm);
}

function closeRun(run: OpenRun): void {
  run.closed = true;
  for (const waiter of run.waiters) waiter.reject(new JournalClosed());
  run.waiters = [];
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
