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
  /** of the attempts that were lost since the last progress; 0 for a first one */
  longestAttemptSeconds: number;
};

const anyAttempt = 2_147_483_647;

export type ClaimInput = {
  runId: string;
  workerId: string;
  /** how long the claim is good for without a flush */
  leaseSeconds: number;
  /** refuse a run for which this would be attempt number `belowAttempt` or a later one; any attempt unless given */
  belowAttempt?: number;
};

/**
 * Take a run that is pending, or whose lease has expired, unless somebody asked it to stop. Raises the epoch, which
 * fences whoever had it before, and opens the record of this attempt.
 *
 * @returns null when there is nothing to take: another worker was first, it is settled, stopped or not yet available
 */
export async function claimRun(db: RunDatabase, claim: ClaimInput): Promise<ClaimedRun | null> {
  await passRacePoint('before-claim');
  const askedAtMs = performance.now();
  const { rows } = await db.pool.query<RunRow & Pick<ClaimedRun, 'elapsedSeconds' | 'longestAttemptSeconds'>>({
    name: 'claim-run',
    text: `WITH bumped AS (
             UPDATE chat SET revision = revision + 1, updated_at = now()
              WHERE id = (SELECT chat_id FROM run
                           WHERE id = $1 AND stop_requested_at IS NULL AND attempt + 1 < $4
                             AND (status = 'pending' OR status = 'running' AND lease_expires_at <= now()))
              RETURNING id, revision
           ), claimed AS (
             UPDATE run
                SET status = 'running', epoch = run.epoch + 1, attempt = run.attempt + 1, worker_id = $2,
                    lease_expires_at = now() + make_interval(secs => $3),
                    started_at = coalesce(run.started_at, now()),
                    resumed_at = CASE WHEN run.status = 'running' THEN now() END, released_at = NULL,
                    revision = bumped.revision, updated_at = now()
               FROM bumped
              WHERE run.id = $1 AND run.chat_id = bumped.id AND run.stop_requested_at IS NULL
                AND run.available_at <= now() AND run.attempt + 1 < $4
                AND (run.status = 'pending' OR run.status = 'running' AND run.lease_expires_at <= now())
             RETURNING run.*
           ), ended AS (
             UPDATE run_attempt SET ended_at = now(), end_reason = 'lease_expired'
               FROM claimed
              WHERE run_attempt.run_id = claimed.id AND run_attempt.epoch < claimed.epoch AND run_attempt.ended_at IS NULL
           ), begun AS (
             INSERT INTO run_attempt (run_id, epoch, workspace_id, worker_id, last_seq)
             SELECT id, epoch, workspace_id, worker_id, last_seq FROM claimed
           )
           SELECT *, extract(epoch FROM now() - started_at)::float8 AS "elapsedSeconds",
                  (SELECT coalesce(extract(epoch FROM max(coalesce(lost.ended_at, now()) - lost.started_at)), 0)::float8
                     FROM (SELECT ended_at, started_at FROM run_attempt
                            WHERE run_id = claimed.id
                              AND coalesce(end_reason, 'lease_expired') NOT IN ('released', 'cut_off', 'settled')
                            ORDER BY epoch DESC LIMIT claimed.attempt - 1) AS lost) AS "longestAttemptSeconds"
             FROM claimed`,
    values: [claim.runId, claim.workerId, claim.leaseSeconds, claim.belowAttempt ?? anyAttempt],
  });
  const [row] = rows;
  if (!row) return null;
  await passRacePoint('after-claim');
  const { elapsedSeconds, longestAttemptSeconds, ...run } = row;
  db.hints.chatChanged({ chatId: run.chat_id, workspaceId: run.workspace_id });
  return { lease: leaseOf(run, askedAtMs), run, elapsedSeconds, longestAttemptSeconds };
}
