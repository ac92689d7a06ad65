import type { RunDatabase } from './run-database.ts';
import { expireRunsOfDeadWorkers, findDeadOwners } from './sweeps.ts';

/**
 * Finds dead workers by two looks: a session that fell while its process lives is back, with another key, before the
 * second one. A look that fails forgets whom the one before suspected.
 *
 * @param graceSeconds after a start of the database; for tests
 * @returns the sweep; it returns how many runs it has expired
 */
export function createDeathWatch(db: RunDatabase, graceSeconds?: number): () => Promise<number> {
  let suspects: readonly number[] = [];
  return async () => {
    const earlier = suspects;
    suspects = [];
    suspects = await findDeadOwners(db, graceSeconds);
    const certain = suspects.filter((lockKey) => earlier.includes(lockKey));
    return certain.length > 0 ? expireRunsOfDeadWorkers(db, certain) : 0;
  };
}
