import type { RunDatabase } from '#server/runs/run-database';
import { expireRunsOfDeadWorkers, findDeadOwners } from '#server/runs/sweeps';

/** What the sweeper does about dead workers, at the first look and without any grace. */
export async function expireDead(db: RunDatabase): Promise<number> {
  return expireRunsOfDeadWorkers(db, await findDeadOwners(db, 0));
}
