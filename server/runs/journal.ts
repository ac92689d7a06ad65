/**
 * The journal's writer: collects the chunks of every run of this process and appends them together. It flushes at once
 * when idle and coalesces while a flush is under way and for a while after it, so the batch grows with the database's
 * latency.
 */
import type { Logger } from 'pino';
import type { Chunk } from '#domain/message-view';
import type { ModelCall } from './agent.ts';
import { appendChunks, type AppendEntry, type AppendOutcome, type StepRecord } from './append.ts';
import type { ChunkHint } from './hints.ts';
import type { Lease } from './lease.ts';
import {
  closeRun,
  createOpenRun,
  type JournalAlarm,
  markLanded,
  type OpenRun,
  queueCall,
  queueChunk,
  queuedBytes,
  raise,
  toEntry,
  whenLanded,
} from './open-run.ts';
import { passRacePoint } from './race-points.ts';
import { isDiskFull, isRefusedData } from './refused-data.ts';
import type { RunDatabase } from './run-database.ts';

export type RunWriter = {
  /** Number and queue one chunk; with `step`, it completes that step. Never waits. */
  write(chunk: Chunk, step?: StepRecord): void;
  /** Queue the record of the model call whose chunks were written last. Never waits. */
  recordCall(call: ModelCall): void;
  /** Resolves when everything written so far has landed; rejects with JournalClosed once fenced. */
  landed(): Promise<void>;
  /** Whether the queue is short enough to go on reading the provider. */
  hasRoom(): boolean;
  /** Resolves when it is. */
  ready(): Promise<void>;
  /**
   * Send a statement that renews the run's lease, and count the lease from its sending once it is answered. One that
   * was refused tells its caller, who ends the run.
   */
  renewed<Answer>(send: () => Promise<Answer>): Promise<Answer>;
  /** Whether this process may still set something in motion for the run, by its own clock. */
  holdsLease(): boolean;
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

/** What may wait for the database before the provider is read more slowly. */
const maxQueuedBytes = 4_194_304;
const maxRenewalMs = 2_000;
const lookEveryMs = 200;
/** An owner that cannot renew stops its model call and its tools so long before its lease ends. */
const maxLeaseMarginMs = 2_000;
const busyRetryMs = 5;
/**
 * After a flush the writer rests, for longer the more runs it carried and the longer flushes take, so that the next one
 * carries more: a flush costs nearly the same for one word as for ten (docs/decisions/0015-rest-after-a-flush.md).
 */
const restShareOfARun = 0.2;
const maxRestShare = 2;
const maxRestMs = 20;
/** How much the last flush says about how long one takes. */
const newsShare = 1 / 16;
const maxRetryMs = 1_000;

/** @param leaseSeconds what each flush renews the leases to */
export function createJournal(db: RunDatabase, { leaseSeconds, log }: { leaseSeconds: number; log: Logger }): Journal {
  const runs = new Set<OpenRun>();
  const leaseMs = leaseSeconds * 1_000;
  const marginMs = Math.min(maxLeaseMarginMs, leaseMs / 4);
  // Between here and the margin there is time for a flush that has just left, one that meets another transaction on the
  // row, and the one that succeeds: with a lease of five seconds, each may take one.
  const renewalMs = Math.min(maxRenewalMs, leaseMs / 10);
  let flushing = false;
  let failures = 0;
  let usualFlushMs = 0;

  async function flushAll(): Promise<void> {
    if (flushing) return;
    flushing = true;
    try {
      for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) {
        const startedAtMs = performance.now();
        await flushBatch(batch);
        const tookMs = performance.now() - startedAtMs;
        usualFlushMs += (tookMs - usualFlushMs) * newsShare;
        // After one that was slow for once, those who waited for it must not wait again.
        if (batch.length > 1) await pause(restAfter(batch.length, Math.min(tookMs, usualFlushMs)));
      }
    } finally {
      flushing = false;
    }
  }

  function takeBatch(): OpenRun[] {
    const renewBeforeMs = performance.now() + leaseMs - renewalMs;
    return [...runs].filter((run) => !run.closed && (run.groups.length > 0 || run.leaseEndsAtMs <= renewBeforeMs));
  }

  async function flushBatch(batch: OpenRun[]): Promise<void> {
    const entries = batch.map(toEntry);
    const startedAtMs = performance.now();
    try {
      await passWritePoints('before', entries);
      const outcomes = await appendChunks(db, entries, leaseSeconds);
      failures = 0;
      for (const [i, run] of batch.entries()) {
        if (outcomes[i]!.kind === 'landed') run.leaseEndsAtMs = startedAtMs + leaseMs;
      }
      const hints = batch.flatMap((run, i) => settleEntry(run, entries[i]!, outcomes[i]!));
      if (hints.length > 0) db.hints.chunks(hints);
      await passWritePoints('after', entries);
      if (outcomes.every((outcome) => outcome.kind === 'busy')) await pause(busyRetryMs);
    } catch (error) {
      if (isRefusedData(error)) return isolateRefused(batch);
      if (isDiskFull(error)) return endForWantOfSpace(batch);
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

  /** What can be said is said when there is space again: the runs settle as failed. Renewals alone may go on. */
  async function endForWantOfSpace(batch: OpenRun[]): Promise<void> {
    log.error({ runs: batch.length }, 'the database has no space left');
    for (const run of batch) if (run.inFlight) raise(run, 'disk-full');
    await pause(maxRetryMs);
  }

  const kick = () => void flushAll();
  let lookedAtMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    // A clock that jumps means that this process stood still, not that the database was away.
    const alarm = nowMs - lookedAtMs > marginMs ? 'lease-expired' : 'cut-off';
    lookedAtMs = nowMs;
    for (const run of runs) if (nowMs > run.leaseEndsAtMs - marginMs) raise(run, alarm);
    kick();
  }, Math.min(lookEveryMs, renewalMs / 2));
  timer.unref();

  return {
    open(lease, lastSeq, onAlarm) {
      const run = createOpenRun(lease, lastSeq, onAlarm);
      run.leaseEndsAtMs = lease.askedAtMs + leaseMs;
      runs.add(run);
      return createWriter(run, { kick, leaseMs, marginMs, forget: () => runs.delete(run) });
    },
    close: () => clearInterval(timer),
  };
}

type WriterTools = { kick: () => void; leaseMs: number; marginMs: number; forget: () => void };

function createWriter(run: OpenRun, { kick, leaseMs, marginMs, forget }: WriterTools): RunWriter {
  return {
    write(chunk, step) {
      if (run.closed) return;
      queueChunk(run, chunk, step ?? null);
      kick();
    },
    recordCall(call) {
      if (run.closed) return;
      queueCall(run, call);
      kick();
    },
    landed: () => whenLanded(run, run.queuedGroups),
    hasRoom: () => queuedBytes(run) <= maxQueuedBytes,
    ready: async () => {
      if (queuedBytes(run) > maxQueuedBytes) await whenLanded(run, run.landedGroups + 1);
    },
    async renewed(send) {
      const sentAtMs = performance.now();
      const answer = await send();
      run.leaseEndsAtMs = Math.max(run.leaseEndsAtMs, sentAtMs + leaseMs);
      return answer;
    },
    holdsLease: () => !run.closed && performance.now() <= run.leaseEndsAtMs - marginMs,
    lastSeq: () => run.landedSeq,
    close() {
      closeRun(run);
      forget();
    },
  };
}

function restAfter(runs: number, flushMs: number): number {
  return Math.min(maxRestMs, flushMs * Math.min(maxRestShare, runs * restShareOfARun));
}

async function passWritePoints(when: 'before' | 'after', entries: readonly AppendEntry[]): Promise<void> {
  await passRacePoint(`${when}-flush`);
  if (entries.some(({ call }) => call)) await passRacePoint(`${when}-call-write`);
  if (entries.some(({ step }) => step)) await passRacePoint(`${when}-step-write`);
}

function settleEntry(run: OpenRun, entry: AppendEntry, outcome: AppendOutcome): ChunkHint[] {
  const carriedGroup = run.inFlight;
  run.inFlight = false;
  if (outcome.kind === 'fenced') raise(run, 'fenced');
  if (outcome.kind !== 'landed') return [];
  if (outcome.stopRequested) run.onAlarm('stop');
  if (carriedGroup) markLanded(run);
  if (entry.body === null) return [];
  const { chatId, runId, assistantMessageId: messageId, epoch } = run.lease;
  return [{ chatId, runId, messageId, epoch, fromSeq: entry.fromSeq, toSeq: entry.toSeq, body: entry.body }];
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
