/** What this machine costs anybody, for comparison. Everything in milliseconds. */
import pg from 'pg';

/** Commits of one small row, one after the other: the disk's part in "durable before visible". */
export async function measureCommits(databaseUrl: string, count: number): Promise<number[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('CREATE TABLE bench_commit (n int)');
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const startedAt = performance.now();
    await client.query('INSERT INTO bench_commit VALUES ($1)', [n]);
    times.push(performance.now() - startedAt);
  }
  await client.query('DROP TABLE bench_commit');
  await client.end();
  return times;
}

/** Round trips to a route handler that does nothing. */
export async function measureEmptyRoute(origin: string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const startedAt = performance.now();
    await (await fetch(`${origin}/api/health/live`)).arrayBuffer();
    times.push(performance.now() - startedAt);
  }
  return times;
}
