import type { RunDatabase } from './run-database.ts';

/** Workers that were seen within 30 seconds and take new runs. @throws when the database is away */
export async function countLiveWorkers(db: Pick<RunDatabase, 'pool'>): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM worker WHERE seen_at > now() - interval '30 seconds' AND NOT draining`,
  );
  return rows[0]?.count ?? 0;
}
