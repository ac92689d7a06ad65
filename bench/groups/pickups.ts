import pg from 'pg';
import { type Figure, spreadOf } from '../figure.ts';
import { createHoldfast } from '../holdfast-reader.ts';
import { disperse, gather } from '../measure-crowd.ts';
import { pick, type Scene } from '../scene.ts';

/** By the database's clock, from the start of the start's transaction to the claim's; whole milliseconds. */
const query = `
  SELECT extract(epoch FROM attempt.started_at - run.created_at)::float8 * 1000 AS ms
    FROM run JOIN run_attempt AS attempt ON attempt.run_id = run.id AND attempt.epoch = 1
   WHERE run.created_at > $1 ORDER BY ms`;

/** How long a run waits for a worker, while others are being answered. */
export async function measurePickups(scene: Scene): Promise<Figure[]> {
  await scene.installation.addWorker();
  await gather(scene, 'Holdfast', { runs: 30, wordsPerSecond: 50 });
  const client = new pg.Client({ connectionString: scene.installation.databaseUrl });
  await client.connect();
  const { rows: clock } = await client.query<{ now: Date }>('SELECT now()');
  const ask = createHoldfast(scene.api);
  const { origin } = scene.installation.webs[0]!;
  for (let i = 0; i < pick(scene, 30, 300); i++) {
    await (await ask({ origin, text: `pickup ${i} [[words=1]]`, hear: () => undefined })).ended;
  }
  const { rows } = await client.query<{ ms: number }>(query, [clock[0]!.now]);
  await client.end();
  await disperse(scene);
  await scene.installation.removeWorker();
  const rank = (share: number) => rows[Math.ceil(share * rows.length) - 1]!.ms;
  const figure = { unit: 'ms', floor: null } as const;
  return [
    { ...figure, title: 'start → claimed, 2 workers, 30 live runs, p50', ours: spreadOf([rank(0.5)]), aims: [] },
    { ...figure, title: '… p99', ours: spreadOf([rank(0.99)]), aims: [{ kind: 'atMost', value: 20 }] },
  ];
}
