import type { RunView } from '#domain/run-view';
import type { RunDatabase } from '#server/runs/run-database';
import { type RunRow, toRunView } from '#server/runs/run-row';
import { eventually } from './eventually.ts';

/** The run, once it is over. @throws after ten seconds */
export function untilSettled(db: Pick<RunDatabase, 'pool'>, runId: string): Promise<RunView> {
  return eventually('the run to settle', async () => {
    const { rows } = await db.pool.query<RunRow>('SELECT * FROM run WHERE id = $1 AND finished_at IS NOT NULL', [runId]);
    return rows[0] && toRunView(rows[0]);
  });
}
