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
  /** false: it is ours to write no more, and nothing of it is there */
  landed: boolean;
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
    // Each part reads the one before alone: a join of two of them takes the square of the entries.
    text: `WITH locked AS (
             SELECT entry.*, run.last_seq = entry.from_seq - 1 AS is_next,
                    run.epoch = entry.entry_epoch AND run.status = 'running' AND run.released_at IS NULL AS is_owned,
                    run.last_seq >= entry.to_seq AS is_there, run.stop_requested_at IS NOT NULL AS stop_requested
               FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[], $6::jsonb[], $8::jsonb[])
                 AS entry (run_id, entry_epoch, from_seq, to_seq, body, step, call)
               JOIN run ON run.id = entry.run_id
              -- Of two leases of one run the older one first: a row that this very statement has changed is passed over.
              ORDER BY run.id, entry.entry_epoch FOR NO KEY UPDATE OF run SKIP LOCKED
           ), landed AS (
             UPDATE run
                SET last_seq = locked.to_seq, lease_expires_at = now() + make_interval(secs => $7), updated_at = now(),
                    step_count = run.step_count + (locked.step IS NOT NULL)::int,
                    attempt = CASE WHEN locked.step IS NULL THEN run.attempt ELSE 1 END,
                    resumed_at = CASE WHEN run.interrupted_at IS NULL THEN run.resumed_at
                                      ELSE coalesce(run.resumed_at, now()) END
               FROM locked
              WHERE run.id = locked.run_id AND locked.is_owned AND locked.is_next
             RETURNING locked.*, run.workspace_id, run.step_count
           ), journal AS (
             INSERT INTO run_chunk (run_id, from_seq, to_seq, epoch, workspace_id, body)
             SELECT run_id, from_seq, to_seq, entry_epoch, workspace_id, body FROM landed WHERE body IS NOT NULL
           ), steps AS (
             INSERT INTO run_step (run_id, step_number, workspace_id, epoch, last_seq, response_messages, finish_reason, usage)
             SELECT run_id, step_count, workspace_id, entry_epoch, to_seq,
                    step -> 'responseMessages', step ->> 'finishReason', step -> 'usage'
               FROM landed WHERE step IS NOT NULL
           ), calls AS (
             INSERT INTO run_model_call (run_id, step_number, workspace_id, epoch, last_seq, content, finish_reason, usage)
             SELECT run_id, step_count + 1, workspace_id, entry_epoch, to_seq,
                    call -> 'content', call -> 'finishReason', call -> 'usage'
               FROM landed WHERE call IS NOT NULL
             -- Without chunks, an entry that landed and is sent again lands again. A call that was wiped, by a worker
             -- that knew of no records, makes room.
             ON CONFLICT (run_id, step_number) DO UPDATE
               SET epoch = excluded.epoch, last_seq = excluded.last_seq, content = excluded.content,
                   finish_reason = excluded.finish_reason, usage = excluded.usage, created_at = now()
               WHERE run_model_call.last_seq < excluded.last_seq
           )
           SELECT run_id, entry_epoch AS epoch, true AS landed, stop_requested FROM landed
            UNION ALL
           SELECT run_id, entry_epoch, is_owned AND is_there, stop_requested FROM locked WHERE NOT (is_owned AND is_next)
            UNION ALL
           SELECT run_id, entry_epoch, false, false
             FROM unnest($1::uuid[], $2::int[]) AS gone (run_id, entry_epoch)
            WHERE NOT EXISTS (SELECT FROM run WHERE run.id = gone.run_id)`,
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
  const outcomes = new Map(rows.map((row) => [`${row.run_id}.${row.epoch}`, toOutcome(row)]));
  // Of a row that another transaction has locked the statement says nothing.
  return entries.map(({ lease }) => outcomes.get(`${lease.runId}.${lease.epoch}`) ?? { kind: 'busy' });
}

function toOutcome({ landed, stop_requested }: OutcomeRow): AppendOutcome {
  return landed ? { kind: 'landed', stopRequested: stop_requested } : { kind: 'fenced' };
}
