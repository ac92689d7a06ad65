/**
 * Append: for all dirty runs of a process, one statement that is at once journal, heartbeat, fence and stop check.
 * Rows are locked in the order of their ids and locked ones are skipped: opposite orders deadlock, and one slow row
 * must not hold up the others. A process that froze, lost a run and took it up again writes under both of its leases
 * for a moment, so rows are matched by run and epoch.
 */
import type { ModelCall } from './agent.ts';
import type { Lease } from './lease.ts';
import type { RunDatabase } from './run-database.ts';

/** A completed step to be recorded with the chunks that end it. */
export type StepRecord = {
  responseMessages: unknown;
  finishReason: string;
  usage: unknown;
};

export type AppendEntry = {
  lease: Lease;
  /** the first chunk's number; for a mere renewal of the lease, the number after the last landed one */
  fromSeq: number;
  /** fromSeq − 1 without chunks */
  toSeq: number;
  /** JSON text of the chunks; null without any, for a mere renewal or a model call whose chunks have landed */
  body: string | null;
  /** the step that the last of these chunks completes */
  step: StepRecord | null;
  /** the model call that has ended with these chunks and asked for tools */
  call: ModelCall | null;
};

/**
 * landed: it is committed, now or by an earlier try whose answer was lost. busy: another transaction has the row, try
 * again. fenced: the lease is gone, write nothing more.
 */
export type AppendOutcome = { kind: 'landed'; stopRequested: boolean } | { kind: 'busy' } | { kind: 'fenced' };

type OutcomeRow = {
  run_id: string;
  epoch: number;
  landed: boolean;
  landed_before: boolean;
  present: boolean;
  locked: boolean;
  stop_requested: boolean;
};

/**
 * @param entries at most one per lease
 * @returns one outcome per entry, in the order of the entries
 * @throws when the database is away; whether anything landed is unknown then, and repeating the same entries is safe
 */
export async function appendChunks(
  db: Pick<RunDatabase, 'appendPool'>,
  entries: readonly AppendEntry[],
  leaseSeconds: number,
): Promise<AppendOutcome[]> {
  const { rows } = await db.appendPool.query<OutcomeRow>({
    name: 'append-chunks',
    text: `WITH batch AS (
             SELECT * FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[], $6::jsonb[], $8::jsonb[])
               AS entry (run_id, epoch, from_seq, to_seq, body, step, call)
           ), locked AS (
             SELECT run.id, run.epoch, run.status, run.last_seq, run.stop_requested_at, run.released_at
               FROM run WHERE run.id = ANY ($1::uuid[])
              ORDER BY run.id FOR NO KEY UPDATE SKIP LOCKED
           ), landed AS (
             UPDATE run
                SET last_seq = batch.to_seq, lease_expires_at = now() + make_interval(secs => $7), updated_at = now(),
                    step_count = run.step_count + (batch.step IS NOT NULL)::int,
                    attempt = CASE WHEN batch.step IS NULL THEN run.attempt ELSE 1 END,
                    resumed_at = CASE WHEN run.interrupted_at IS NULL THEN run.resumed_at
                                      ELSE coalesce(run.resumed_at, now()) END
               FROM batch JOIN locked ON locked.id = batch.run_id
              WHERE run.id = batch.run_id AND run.epoch = batch.epoch AND run.status = 'running'
                AND run.released_at IS NULL
                AND run.last_seq = batch.from_seq - 1
             RETURNING run.id, run.epoch, run.workspace_id, run.step_count
           ), journal AS (
             INSERT INTO run_chunk (run_id, from_seq, to_seq, epoch, workspace_id, body)
             SELECT batch.run_id, batch.from_seq, batch.to_seq, batch.epoch, landed.workspace_id, batch.body
               FROM batch JOIN landed ON landed.id = batch.run_id AND landed.epoch = batch.epoch
              WHERE batch.body IS NOT NULL
           ), steps AS (
             INSERT INTO run_step (run_id, step_number, workspace_id, epoch, last_seq, response_messages, finish_reason, usage)
             SELECT batch.run_id, landed.step_count, landed.workspace_id, batch.epoch, batch.to_seq,
                    batch.step -> 'responseMessages', batch.step ->> 'finishReason', batch.step -> 'usage'
               FROM batch JOIN landed ON landed.id = batch.run_id AND landed.epoch = batch.epoch
              WHERE batch.step IS NOT NULL
           ), calls AS (
             INSERT INTO run_model_call (run_id, step_number, workspace_id, epoch, last_seq, content, finish_reason, usage)
             SELECT batch.run_id, landed.step_count + 1, landed.workspace_id, batch.epoch, batch.to_seq,
                    batch.call -> 'content', batch.call -> 'finishReason', batch.call -> 'usage'
               FROM batch JOIN landed ON landed.id = batch.run_id AND landed.epoch = batch.epoch
              WHERE batch.call IS NOT NULL
             -- Without chunks, an entry that landed and is sent again lands again. A call that was wiped, by a worker
             -- that knew of no records, makes room.
             ON CONFLICT (run_id, step_number) DO UPDATE
               SET epoch = excluded.epoch, last_seq = excluded.last_seq, content = excluded.content,
                   finish_reason = excluded.finish_reason, usage = excluded.usage, created_at = now()
               WHERE run_model_call.last_seq < excluded.last_seq
           )
           SELECT batch.run_id, batch.epoch, landed.id IS NOT NULL AS landed,
                  coalesce(locked.epoch = batch.epoch AND locked.status = 'running'
                           AND locked.released_at IS NULL AND locked.last_seq >= batch.to_seq, false) AS landed_before,
                  EXISTS (SELECT FROM run WHERE run.id = batch.run_id) AS present,
                  locked.id IS NOT NULL AS locked,
                  locked.stop_requested_at IS NOT NULL AS stop_requested
             FROM batch LEFT JOIN landed ON landed.id = batch.run_id AND landed.epoch = batch.epoch
                        LEFT JOIN locked ON locked.id = batch.run_id`,
    values: [
      entries.map((entry) => entry.lease.runId),
      entries.map((entry) => entry.lease.epoch),
      entries.map((entry) => entry.fromSeq),
      entries.map((entry) => entry.toSeq),
      entries.map((entry) => entry.body),
      entries.map((entry) => entry.step && JSON.stringify(entry.step)),
      leaseSeconds,
      entries.map((entry) => entry.call && JSON.stringify(entry.call)),
    ],
  });
  const byLease = new Map(rows.map((row) => [`${row.run_id}.${row.epoch}`, row]));
  return entries.map(({ lease }) => toOutcome(byLease.get(`${lease.runId}.${lease.epoch}`)));
}

function toOutcome(row: OutcomeRow | undefined): AppendOutcome {
  if (row?.landed || row?.landed_before) return { kind: 'landed', stopRequested: row.stop_requested };
  if (row?.present && !row.locked) return { kind: 'busy' };
  return { kind: 'fenced' };
}
