import pg from 'pg';
import { eventually } from '#server/testing/eventually';
import { type Figure, spreadOf, type Unit } from '../figure.ts';
import { measureCrowd } from '../measure-crowd.ts';
import type { Scene } from '../scene.ts';

const crowdOfRuns = 1_000;
const crowds = 10;
const wordsOfARun = 200;

/** What the database writes and keeps. */
export async function measureStorage(scene: Scene): Promise<Figure[]> {
  const client = new pg.Client({ connectionString: scene.installation.databaseUrl });
  await client.connect();
  const written: Written[] = [];
  for (const runs of [50, 200]) written.push(await measureWritten(scene, client, runs));
  const size = await measureSize(scene, client);
  await client.end();
  const figure = (title: string, unit: Unit, value: number): Figure => ({
    title,
    unit,
    ours: spreadOf([value]),
    floor: null,
    aims: [],
  });
  return [
    ...written.flatMap(({ runs, rows, walBytes }) => [
      figure(`${runs} × 50 words/s: journal rows for 1,000 words`, '', rows),
      figure('… WAL for 1,000 words', 'KB', walBytes / 1024),
    ]),
    figure(`${crowds * crowdOfRuns} finished runs of ${wordsOfARun} words, with their journals`, 'KB', size.withJournals / 1024),
    figure('… after their grace', 'KB', size.afterGrace / 1024),
  ];
}

type Written = { runs: number; rows: number; walBytes: number };

/** Starts and ends of the runs included, since they belong to them. */
async function measureWritten(scene: Scene, client: pg.Client, runs: number): Promise<Written> {
  const read = async () => {
    const { rows } = await client.query<{ wal: string; chunks: string; words: string | null }>(
      `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS wal, (SELECT count(*) FROM run_chunk) AS chunks,
              (SELECT sum(last_seq) FROM run) AS words`,
    );
    const [row] = rows;
    return { wal: Number(row!.wal), chunks: Number(row!.chunks), words: Number(row!.words) };
  };
  const before = await read();
  await measureCrowd(scene, 'Holdfast', { runs, wordsPerSecond: 50, listenMs: 5_000 });
  const after = await read();
  const thousands = (after.words - before.words) / 1_000;
  return { runs, rows: (after.chunks - before.chunks) / thousands, walBytes: (after.wal - before.wal) / thousands };
}

async function measureSize({ crowd, installation }: Scene, client: pg.Client) {
  const read = async () => {
    await client.query('VACUUM FULL');
    const { rows } = await client.query<{ size: string }>('SELECT pg_database_size(current_database()) AS size');
    return Number(rows[0]!.size);
  };
  await passGrace(client);
  const empty = await read();
  const origins = installation.webs.map(({ origin }) => origin);
  const contender = 'Holdfast';
  for (let i = 0; i < crowds; i += 1) {
    await crowd.gather({ contender, origins, count: crowdOfRuns, directives: `words=${wordsOfARun} every=2` });
    await crowd.disperse();
  }
  await eventually('all of the runs to be over, with their journals', async () => {
    const kept = await client.query('SELECT FROM run WHERE finished_at IS NOT NULL AND journal_pruned_at IS NULL');
    return kept.rowCount === crowds * crowdOfRuns;
  });
  const withJournals = (await read()) - empty;
  await passGrace(client);
  return { withJournals, afterGrace: (await read()) - empty };
}

/** Resolves when the sweeps have deleted the journals of all runs that are over. */
async function passGrace(client: pg.Client): Promise<void> {
  await client.query(`UPDATE run SET finished_at = finished_at - interval '1 hour' WHERE journal_pruned_at IS NULL`);
  await eventually(
    'the journals to be deleted',
    async () => {
      const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM run_chunk');
      return rows[0]!.count === '0';
    },
    180_000,
  );
}
