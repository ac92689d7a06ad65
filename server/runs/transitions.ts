/** The transitions that are one guarded statement each. Zero rows is an answer. Lock order: chat → run → message. */
import type { RunView } from '#domain/run-view';
import type { Lease } from './lease.ts';
import { passRacePoint } from './race-points.ts';
import type { RunDatabase } from './run-database.ts';
import { type RunRow, toRunView } from './run-row.ts';

/**
 * Ask a run to stop: aborts it here and now while it is pending, leaves the stamp for its owner while it is running,
 * changes nothing once it is settled. Two statements would lose a stop against a claim between them.
 *
 * @returns the run as it stands now; null when there is none
 */
export async function requestStop(
  db: RunDatabase,
  { runId, userId }: { runId: string; userId: string | null },
): Promise<RunView | null> {
  const { rows } = await db.pool.query<RunRow>({
    name: 'request-stop',
    text: `WITH bumped AS (
             UPDATE chat SET revision = revision + 1, updated_at = now()
              WHERE id = (SELECT chat_id FROM run
                           WHERE id = $1 AND status IN ('pending', 'running') AND stop_requested_at IS NULL)
              RETURNING id, revision
           ), stopped AS (
             UPDATE run
                SET stop_requested_at = now(), stop_requested_by_id = $2, revision = bumped.revision, updated_at = now(),
                    status = CASE run.status WHEN 'pending' THEN 'aborted' ELSE run.status END,
                    finished_at = CASE run.status WHEN 'pending' THEN now() END
               FROM bumped
              WHERE run.id = $1 AND run.chat_id = bumped.id
                AND run.status IN ('pending', 'running') AND run.stop_requested_at IS NULL
             RETURNING run.*
           ), answer AS (
             UPDATE message SET status = 'aborted', revision = stopped.revision, updated_at = now()
               FROM stopped
              WHERE stopped.status = 'aborted'
                AND message.chat_id = stopped.chat_id AND message.id = stopped.assistant_message_id
           )
           SELECT * FROM stopped`,
    values: [runId, userId],
  });
  const [stopped] = rows;
  if (stopped) {
    db.hints.stopRequested({ runId });
    db.hints.chatChanged({ chatId: stopped.chat_id, workspaceId: stopped.workspace_id });
    return toRunView(stopped);
  }
  const { rows: unchanged } = await db.pool.query<RunRow>('SELECT * FROM run WHERE id = $1', [runId]);
  return unchanged[0] ? toRunView(unchanged[0]) : null;
}

/** begun: go on. stopped: a stop was requested. fenced: another owner has it, or it is settled. */
export type BeginStepAnswer = 'begun' | 'stopped' | 'fenced';

/** May the owner begin another model call? Also renews the lease. */
export async function beginStep(db: RunDatabase, lease: Lease, leaseSeconds: number): Promise<BeginStepAnswer> {
  await passRacePoint('before-begin-step');
  const { rows } = await db.pool.query<{ stop_requested: boolean }>({
    name: 'begin-step',
    text: `UPDATE run SET lease_expires_at = now() + make_interval(secs => $3), updated_at = now()
            WHERE id = $1 AND epoch = $2 AND status = 'running'
           RETURNING stop_requested_at IS NOT NULL AS stop_requested`,
    values: [lease.runId, lease.epoch, leaseSeconds],
  });
  if (!rows[0]) return 'fenced';
  return rows[0].stop_requested ? 'stopped' : 'begun';
}

/**
 * The owner gives the run back unfinished (deploy, drain): claimable at once, and no attempt is counted.
 *
 * @returns false for an owner that has been replaced
 */
export async function releaseRun(db: RunDatabase, lease: Lease): Promise<boolean> {
  await passRacePoint('before-release');
  const { rowCount } = await db.pool.query(
    `UPDATE run SET lease_expires_at = now(), attempt = greatest(attempt - 1, 0), updated_at = now()
      WHERE id = $1 AND epoch = $2 AND status = 'running'`,
    [lease.runId, lease.epoch],
  );
  return rowCount === 1;
}

/**
 * A sweeper found the owner dead or silent: make the run claimable and say so to its followers. A false alarm does no
 * harm, since the next claim fences the owner.
 *
 * @returns false when the run has moved on since it was looked at
 */
export async function expireRun(
  db: RunDatabase,
  { runId, epoch }: { runId: string; epoch: number },
): Promise<boolean> {
  const { rows } = await db.pool.query<Pick<RunRow, 'chat_id' | 'workspace_id'>>({
    name: 'expire-run',
    text: `WITH bumped AS (
             UPDATE chat SET revision = revision + 1, updated_at = now()
              WHERE id = (SELECT chat_id FROM run WHERE id = $1 AND epoch = $2 AND status = 'running')
              RETURNING id, revision
           )
           UPDATE run
              SET lease_expires_at = least(run.lease_expires_at, now()), interrupted_at = now(), resumed_at = NULL,
                  revision = bumped.revision, updated_at = now()
             FROM bumped
            WHERE run.id = $1 AND run.chat_id = bumped.id AND run.epoch = $2 AND run.status = 'running'
              AND (run.interrupted_at IS NULL OR run.resumed_at IS NOT NULL)
           RETURNING run.chat_id, run.workspace_id`,
    values: [runId, epoch],
  });
  const [expired] = rows;
  if (expired) db.hints.chatChanged({ chatId: expired.chat_id, workspaceId: expired.workspace_id });
  return expired !== undefined;
}
