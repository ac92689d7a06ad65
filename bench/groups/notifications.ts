import pg from 'pg';
import { type Figure, spreadOf } from '../figure.ts';
import { pick, type Scene } from '../scene.ts';

const channel = 'bench';
/** As full as hints are packed. */
const payloadBytes = 7_900;
const payloadsOfAStatement = 8;

/** How much PostgreSQL passes on to listeners, each of which hears everything: where one channel for all ends. */
export async function measureNotifications(scene: Scene): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const listeners of [1, 4, 16]) {
    const bytes = await passOn(scene, listeners);
    figures.push({
      title: `NOTIFY to ${listeners} listeners, to each in a second`,
      unit: 'MB',
      ours: spreadOf([bytes / 1_000_000]),
      floor: null,
      aims: [],
    });
  }
  return figures;
}

/** @returns bytes a second that the slowest listener has heard */
async function passOn(scene: Scene, listeners: number): Promise<number> {
  const { databaseUrl } = scene.installation;
  const heard = Array.from({ length: listeners }, () => 0);
  const clients = heard.map((_, i) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('notification', ({ payload }) => (heard[i]! += payload!.length));
    return client;
  });
  const sender = new pg.Client({ connectionString: databaseUrl, options: '-c synchronous_commit=off' });
  await Promise.all([sender, ...clients].map((client) => client.connect()));
  for (const client of clients) await client.query(`LISTEN ${channel}`);
  const startedAt = performance.now();
  const ms = pick(scene, 1_000, 4_000);
  while (performance.now() - startedAt < ms) {
    await sender.query({
      name: 'send',
      // PostgreSQL sends equal payloads of one transaction once.
      text: `SELECT pg_notify($1, rpad(n::text || ' ', $2, 'x')) FROM generate_series(1, $3) AS n
              WHERE pg_notification_queue_usage() < 0.2`,
      values: [channel, payloadBytes, payloadsOfAStatement],
    });
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  await Promise.all([sender, ...clients].map((client) => client.end()));
  return Math.min(...heard) / seconds;
}
