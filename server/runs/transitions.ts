/** The transitions that are one guarded statement each. Zero rows is an answer. Lock order: chat → run → message. */
import type pg from 'pg';
import type { RunView } from '#domain/run-view';
import type { Lease } from './lease.ts';
import { workerLockClass } from './liveness.ts';
import { isWaiting } from './queue.ts';
import { passRacePoint } from './race-points.ts';
import type { RunDatabase } from './run-database.ts';
import { runColumns, type RunRow, toRunView } from './run-row.ts';
import { inTransaction } from './transaction.ts';

/**
 * Ask a run to stop: aborts it here and now while it is pending, leaves the stamp for its owner while it is running,
 * changes nothing once it is settled. What is queued behind it then waits for a person's word.
 *
 * @returns the run as it stands now; null when there is none
 */
export async function requestStop(
  db: RunDatabase,
  { runId, userId }: { runId: string; userId: string | null },
): Promise<RunView | null> {
  await passRacePoint('before-stop');
  const stopped = await inTransaction(db.pool, async (client) => {
    // First, so that the statement sees whatever was queued until now.
    await client.query('SELECT FROM chat WHERE id = (SELECT chat_id FROM run WHERE id = $1) FOR NO KEY UPDATE', [runId]);
    return writeStop(client, { runId, userId, holdsQueue: true });
  });
  await passRacePoint('after-stop');
  if (stopped) {
    db.hints.stopRequested({ runId });
    db.hints.chatChanged({ chatId: stopped.chat_id, workspaceId: stopped.workspace_id });
    return toRunView(stopped);
  }
  const { rows: unchanged } = await db.pool.query<RunRow>(`SELECT ${runColumns} FROM run WHERE id = $1`, [runId]);
  return unchanged[0] ? toRunView(unchanged[0]) : null;
}

type Stop = { runId: string; userId: string | null; holdsQueue: boolean };

/**
 * The stop itself, one statement: two would lose it against a claim between them. For a caller that holds the chat's lock.
 *
 * @returns null when the run is over, or was asked before and there is nothing to hold
 */
export async function writeStop(client: pg.ClientBase, { runId, userId, holdsQueue }: Stop): Promise<RunRow | null> {
  const { rows } = await client.query<RunRow>({
    name: 'request-stop',
    text: `WITH bumped AS (
             UPDATE chat SET revision = revision + 1, updated_at = now()
              WHERE id = (SELECT chat_id FROM run WHERE id = $1 AND ${mayStop}) RETURNING id, revision
           ), stopped AS (
             UPDATE run
                SET stop_requested_at = coalesce(run.stop_requested_at, now()),
                    stop_requested_by_id = CASE WHEN run.stop_requested_at IS NULL THEN $2 ELSE run.stop_requested_by_id END,
                    status = CASE run.status WHEN 'pending' THEN 'aborted' ELSE run.status END,
                    finished_at = CASE run.status WHEN 'pending' THEN now() END,
                    revision = bumped.revision, updated_at = now()
               FROM bumped
              WHERE run.id = $1 AND run.chat_id = bumped.id AND ${mayStop}
             RETURNING run.*
           ), answer AS (
             UPDATE message SET status = 'aborted', revision = stopped.revision, updated_at = now()
               FROM stopped
              WHERE stopped.status = 'aborted'
                AND message.chat_id = stopped.chat_id AND message.id = stopped.assistant_message_id
           ), held AS (
             UPDATE message SET queue_held_at = now(), revision = stopped.revision, updated_at = now()
               FROM stopped WHERE $3 AND message.chat_id = stopped.chat_id AND ${isWaiting}
           )
           SELECT stopped.*, (SELECT name FROM "user" WHERE id = stopped.stop_requested_by_id) AS stopped_by_name FROM stopped`,
    values: [runId, userId, holdsQueue],
  });
  return rows[0] ?? null;
}

/** A second stop still holds what an interrupting message has left to go out. */
const mayStop = `run.status IN ('pending', 'running') AND (run.stop_requested_at IS NULL
  OR $3::boolean AND EXISTS (SELECT FROM message WHERE message.chat_id = run.chat_id AND ${isWaiting}))`;

/** begun: go on. stopped: a stop was requested. fenced: another owner has it, or it is settled. */
export type BeginStepAnswer = 'begun' | 'stopped' | 'fenced';

/** May the owner begin another model call? Also renews the lease. */
export async function beginStep(db: RunDatabase, lease: Lease, leaseSeconds: number): Promise<BeginStepAnswer> {
  await passRacePoint('before-begin-step');
  const { rows } = await db.pool.query<{ stop_requested: boolean }>({
    name: 'begin-step',
    text: `UPDATE run SET lease_expires_at = now() + make_interval(secs => $3), updated_at = now(),
                  resumed_at = CASE WHEN interrupted_at IS NULL THEN resumed_at ELSE coalesce(resumed_at, now()) END
            WHERE id = $1 AND epoch = $2 AND status = 'running' AND released_at IS NULL
           RETURNING stop_requested_at IS NOT NULL AS stop_requested`,
    values: [lease.runId, lease.epoch, leaseSeconds],
  });
  await passRacePoint('after-begin-step');
  if (!rows[0]) return 'fenced';
  return rows[0].stop_requested ? 'stopped' : 'begun';
}

/**
 * The owner gives the run back unfinished: claimable at once (the column keeps milliseconds, and rounding up would make
 * the next claim wait), and no attempt is counted.
 *
 * @param reason released: a deploy, a drain. cut_off: the database was away until the lease had run out
 * @returns false for an owner that has been replaced
 */
export async function releaseRun(db: RunDatabase, lease: Lease, reason: 'released' | 'cut_off'): Promise<boolean> {
  await passRacePoint('before-release');
  const { rowCount } = await db.pool.query(
    `WITH released AS (
       UPDATE run SET lease_expires_at = date_trunc('milliseconds', now()), updated_at = now(), released_at = now(),
              -- Sent again after a lost answer, it takes back no second attempt.
              attempt = CASE WHEN released_at IS NULL THEN greatest(attempt - 1, 0) ELSE attempt END
        WHERE id = $1 AND epoch = $2 AND status = 'running'
       RETURNING id
     ), ended AS (
       UPDATE run_attempt SET ended_at = now(), end_reason = $3::text::run_attempt_end
         FROM released WHERE run_id = released.id AND epoch = $2
     )
     SELECT FROM released`,
    [lease.runId, lease.epoch, reason],
  );
  await passRacePoint('after-release');
  return rowCount === 1;
}

/**
 * This attempt has gone further than the ones before it: it is not the last one after all.
 *
 * @returns false for an owner that has been replaced
 */
export async function uncountAttempt(db: RunDatabase, lease: Lease): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `UPDATE run SET attempt = greatest(attempt - 1, 1), updated_at = now()
      WHERE id = $1 AND epoch = $2 AND status = 'running'`,
    [lease.runId, lease.epoch],
  );
  return rowCount === 1;
}

/**
 * The owner is gone: make the run claimable and say so to its followers. A false alarm does no harm, since the next
 * claim fences the owner. A run that was given back properly is claimable already and was not interrupted.
 *
 * @param reason as it was seen; the statement looks again, since a slow sweep may come after the owner is back
 * @returns false when the run has moved on since it was looked at, or its owner is well
 */
export async function expireRun(
  db: RunDatabase,
  { runId, epoch, reason }: { runId: string; epoch: number; reason: 'worker_died' | 'lease_expired' | 'process_fault' },
): Promise<boolean> {
  await passRacePoint('before-expire');
  const { rows } = await db.pool.query<Pick<RunRow, 'chat_id' | 'workspace_id'>>({
    name: 'expire-run',
    text: `WITH bumped AS (
             UPDATE chat SET revision = revision + 1, updated_at = now()
              WHERE id = (SELECT chat_id FROM run WHERE id = $1 AND epoch = $2 AND status = 'running')
              RETURNING id, revision
           ), expired AS (
             UPDATE run
                SET lease_expires_at = least(run.lease_expires_at, date_trunc('milliseconds', now())), interrupted_at = now(), resumed_at = NULL,
                    revision = bumped.revision, updated_at = now()
               FROM bumped
              WHERE run.id = $1 AND run.chat_id = bumped.id AND run.epoch = $2 AND run.status = 'running'
                AND (run.interrupted_at IS NULL OR run.resumed_at IS NOT NULL)
                AND run.released_at IS NULL
                AND CASE $3::text
                    WHEN 'lease_expired' THEN run.lease_expires_at <= now()
                    WHEN 'worker_died' THEN EXISTS (SELECT FROM worker WHERE worker.id = run.worker_id
                                                       AND pg_try_advisory_xact_lock_shared($4, worker.lock_key))
                    ELSE true END
             RETURNING run.id, run.chat_id, run.workspace_id
           ), ended AS (
             UPDATE run_attempt SET ended_at = now(), end_reason = $3::text::run_attempt_end
               FROM expired WHERE run_id = expired.id AND epoch = $2 AND ended_at IS NULL
           )
           SELECT chat_id, workspace_id FROM expired`,
    values: [runId, epoch, reason, workerLockClass],
  });
  const [expired] = rows;
  if (expired) db.hints.chatChanged({ chatId: expired.chat_id, workspaceId: expired.workspace_id });
  await passRacePoint('after-expire');
  return expired !== undefined;
}
