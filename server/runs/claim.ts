/** Claim: one guarded statement turns a doorbell into a lease, or into nothing. */
import { type Lease, leaseOf } from './lease.ts';
import { passRacePoint } from './race-points.ts';
import type { RunDatabase } from './run-database.ts';
import type { RunRow } from './run-row.ts';

export type ClaimedRun = {
  lease: Lease;
  run: RunRow;
  /** since the first claim, by the database's clock */
  elapsedSeconds: number;
};

/**
 * Take a run that is pending, or whose lease has expired, unless somebody asked it to stop. Raises the epoch, which
 * fences whoever had it before.
 *
 * @param leaseSeconds how long the claim is good for without a flush
 * @returns null when there is nothing to take: another worker was first, it is settled, stopped or not yet available
 */
export async function claimRun(
  db: RunDatabase,
  { runId, workerId, leaseSeconds }: { runId: string; workerId: string; leaseSeconds: number },
): Promise<ClaimedRun | null> {
  const { rows } = await db.pool.query<RunRow & { elapsed_seconds: number }>({
    name: 'claim-run',
    text: `WITH bumped AS (
             UPDATE chat SET revision = revision + 1, updated_at = now()
              WHERE id = (SELECT chat_id FROM run
                           WHERE id = $1 AND stop_requested_at IS NULL
                             AND (status = 'pending' OR status = 'running' AND lease_expires_at <= now()))
              RETURNING id, revision
           )
           UPDATE run
              SET status = 'running', epoch = run.epoch + 1, attempt = run.attempt + 1, worker_id = $2,
                  lease_expires_at = now() + make_interval(secs => $3),
                  started_at = coalesce(run.started_at, now()),
                  resumed_at = CASE WHEN run.status = 'running' THEN now() END,
                  revision = bumped.revision, updated_at = now()
             FROM bumped
            WHERE run.id = $1 AND run.chat_id = bumped.id AND run.stop_requested_at IS NULL
              AND run.available_at <= now()
              AND (run.status = 'pending' OR run.status = 'running' AND run.lease_expires_at <= now())
           RETURNING run.*, extract(epoch FROM now() - run.started_at)::float8 AS elapsed_seconds`,
    values: [runId, workerId, leaseSeconds],
  });
  const [run] = rows;
  if (!run) return null;
  await passRacePoint('after-claim');
  db.hints.chatChanged({ chatId: run.chat_id, workspaceId: run.workspace_id });
  return { lease: leaseOf(run), run, elapsedSeconds: run.elapsed_seconds };
}
