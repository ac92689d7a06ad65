/**
 * What nobody looks after, by the database's clock: it should be nothing, ever. The sweeps mend what they know; this
 * finds what they did not, or could not, mend.
 */
import { runDoorbellQueue } from './doorbell.ts';
import type { RunDatabase } from './run-database.ts';

export type Stuck = {
  /** active without an owner, and nobody comes */
  runs: number;
  /** answers that say "streaming" while no run writes them */
  messages: number;
  /** a few of the runs, for a log line */
  runIds: string[];
};

/** How long something may be on its own before it counts. */
export type StuckPatience = {
  /** a run without an owner, and nobody rang for it so long: the sweeps ring again after ten seconds at most */
  unrungSeconds: number;
  /** a run without an owner while a worker has room; one on its last attempt may wait for another for a minute */
  unclaimedSeconds: number;
  /** a streaming answer without a run: repaired once a minute when it is older than one */
  unwrittenSeconds: number;
};

/** Longer than anything takes while the sweeps work. */
export const stuckPatience: StuckPatience = { unrungSeconds: 30, unclaimedSeconds: 120, unwrittenSeconds: 180 };

/**
 * One row: runs, messages, run_ids. $1…$3 are a StuckPatience in its order, $4 the doorbells' queue. Time counts from
 * the database's start at the earliest, since then everybody had to come back first.
 */
export const stuckQuery = `
  WITH unowned AS (
    SELECT id, extract(epoch FROM now() - greatest(since, pg_postmaster_start_time())) AS waited_seconds
      FROM (SELECT id, CASE status WHEN 'pending' THEN greatest(available_at, created_at) ELSE lease_expires_at END AS since
              FROM run WHERE status IN ('pending', 'running')) AS active
  ), room AS (
    SELECT coalesce(sum(capacity), 0) >
             (SELECT count(*) FROM run WHERE status = 'running' AND lease_expires_at > now()) AS is_left
      FROM worker WHERE seen_at > now() - interval '30 seconds' AND NOT draining
  ), rung AS (
    SELECT (data ->> 'runId')::uuid AS run_id FROM pgboss.job
     WHERE name = $4 AND data ->> 'runId' IS NOT NULL
       AND (state <= 'active' OR completed_on > now() - make_interval(secs => $1))
  ), stuck_run AS (
    SELECT id FROM unowned CROSS JOIN room
     WHERE waited_seconds > $2 AND room.is_left
        OR waited_seconds > $1 AND id NOT IN (SELECT run_id FROM rung)
  )
  SELECT (SELECT count(*)::int FROM stuck_run) AS runs,
         (SELECT count(*)::int FROM message
           WHERE status = 'streaming' AND updated_at < now() - make_interval(secs => $3)
             AND NOT EXISTS (SELECT FROM run WHERE run.chat_id = message.chat_id AND run.assistant_message_id = message.id
                                               AND run.status IN ('pending', 'running'))) AS messages,
         ARRAY(SELECT id::text FROM stuck_run ORDER BY id LIMIT 5) AS run_ids`;

/** The parameters of stuckQuery. */
export function stuckParameters(patience: StuckPatience): [number, number, number, string] {
  return [patience.unrungSeconds, patience.unclaimedSeconds, patience.unwrittenSeconds, runDoorbellQueue.name];
}

/** Count what is stuck. @throws when the database is away */
export async function countStuck(db: Pick<RunDatabase, 'pool'>, patience = stuckPatience): Promise<Stuck> {
  const { rows } = await db.pool.query<{ runs: number; messages: number; run_ids: string[] }>(
    stuckQuery,
    stuckParameters(patience),
  );
  const { runs, messages, run_ids: runIds } = rows[0]!;
  return { runs, messages, runIds };
}
