import type { RunDatabase } from './run-database.ts';
import { expireRunsOfDeadWorkers, findDeadOwners } from './sweeps.ts';

/** Whoever could not reach the database cannot tell who else could not: others get this long to come back. */
const outageGraceMs = 10_000;

/**
 * Finds dead workers by two looks: a session that fell while its process lives is back, with another key, before the
 * second one. A look that fails forgets whom the one before suspected.
 *
 * @param graceSeconds after a start of the database; for tests
 * @returns the sweep; it returns how many runs it has expired
 */
export function createDeathWatch(db: RunDatabase, graceSeconds?: number): () => Promise<number> {
  let suspects: readonly number[] = [];
  let blindUntilMs = 0;
  return async () => {
    const earlier = suspects;
    suspects = [];
    const dead = await findDeadOwners(db, graceSeconds).catch((error: unknown) => {
      blindUntilMs = performance.now() + outageGraceMs;
      throw error;
    });
    if (performance.now() < blindUntilMs) return 0;
    suspects = dead;
    const certain = dead.filter((lockKey) => earlier.includes(lockKey));
    return certain.length > 0 ? expireRunsOfDeadWorkers(db, certain) : 0;
  };
}
