import type { RunDatabase } from './run-database.ts';
import { stuckParameters, stuckPatience, stuckQuery } from './stuck.ts';

/** How the whole installation is, as the database sees it. */
export type VitalSigns = {
  activeRuns: { pending: number; running: number };
  stuckRuns: number;
  stuckMessages: number;
  /** seen within 30 seconds, taking new runs */
  liveWorkers: number;
  /** how full the queue of notifications is, 0 to 1; from 0.5 on hints are left out */
  notificationQueueUsage: number;
};

type Row = { pending: number; running: number; workers: number; usage: number; runs: number; messages: number };

/** One statement. @throws when the database is away */
export async function readVitalSigns(db: Pick<RunDatabase, 'pool'>, patience = stuckPatience): Promise<VitalSigns> {
  const { rows } = await db.pool.query<Row>({
    name: 'vital-signs',
    text: `SELECT active.*, stuck.runs, stuck.messages, pg_notification_queue_usage() AS usage,
                  (SELECT count(*)::int FROM worker
                    WHERE seen_at > now() - interval '30 seconds' AND NOT draining) AS workers
             FROM (${stuckQuery}) AS stuck
            CROSS JOIN (SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending,
                               count(*) FILTER (WHERE status = 'running')::int AS running
                          FROM run WHERE status IN ('pending', 'running')) AS active`,
    values: stuckParameters(patience),
  });
  const { pending, running, runs, messages, workers, usage } = rows[0]!;
  return {
    activeRuns: { pending, running },
    stuckRuns: runs,
    stuckMessages: messages,
    liveWorkers: workers,
    notificationQueueUsage: usage,
  };
}
