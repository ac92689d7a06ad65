import type { RunDatabase } from '#server/runs/run-database';

/** End the lease of a running run as the database sees it; its owner knows nothing of it. */
export async function endLease({ pool }: Pick<RunDatabase, 'pool'>, runId: string): Promise<void> {
  await pool.query(
    `UPDATE run SET lease_expires_at = now() - interval '1 second' WHERE id = $1 AND status = 'running'`,
    [runId],
  );
}
