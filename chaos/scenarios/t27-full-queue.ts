import pg from 'pg';
import { eventually } from '#server/testing/eventually';
import { summarise } from '#server/testing/quantiles';
import { findFreePort } from '../../scripts/port.js';
import type { Guest } from '../guest.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { stampsHeard } from '../stamps.ts';
import { within } from '../within.ts';

const pollMs = 1_000;
/** From the model to the journal, and from there to the page. */
const flushMs = 100;
/** The smallest that PostgreSQL allows: half a megabyte. */
const smallQueue = { max_notify_queue_pages: '64' };
/** Long enough for polls to matter. */
const directives = (stage: Stage) => `words=${stage.pick(60, 100)} delay=20 stamp`;

/** Somebody listens and never reads; what he has not read fills the queue for all. */
export const t27: Scenario = {
  id: 'T27',
  title: 'a hanging listener fills the notification queue',
  async run(stage) {
    await stage.database.restart(smallQueue);
    try {
      const metricsPort = String(await findFreePort());
      await stage.setUp({ webs: 1, workers: 2, web: { env: { METRICS_PORT: metricsPort } } });
      return await play(stage, `http://127.0.0.1:${metricsPort}/metrics`);
    } finally {
      await stage.database.restart();
    }
  },
};

/** @param metrics the web process's */
async function play(stage: Stage, metrics: string) {
  const guest = await stage.signIn();
  const listener = await listenWithoutReading(stage);
  try {
    await fillQueue(stage, 0.6);
    const withoutHints = await askAll(stage, guest);
    stage.expectP95('words while hints are left out', withoutHints, pollMs + flushMs);
    await expectAlert(stage, metrics);

    const underWay = await stage.ask(guest, directives(stage));
    await underWay.wordsOf(1);
    await fillQueue(stage, 1);
    const { status } = await underWay.ended();
    if (status !== 'succeeded') stage.fail(`${underWay.runId} ended as ${status} when the queue was full`);
    const whenFull = await askAll(stage, guest);
    stage.expectP95('words while the queue is full', whenFull, pollMs + flushMs);
    await listener.end();
    await eventually('the queue to be empty', async () => (await readUsage(stage)) < 0.1);
    const healed = await askAll(stage, guest);
    stage.expectAtMost('words when it was read (p50)', summarise(healed).p50, flushMs);
    return {
      iterations: 1,
      struck: { 'full queue': 2 },
      measured: { 'half full': withoutHints, full: whenFull, healed },
    };
  } finally {
    await listener.end();
  }
}

/** Those who leave hints out say so, and the metric shows how full it is. */
async function expectAlert(stage: Stage, metrics: string): Promise<void> {
  const complaint = ({ msg }: { msg: string }) => /notification queue is too full/.test(msg);
  await within(5_000, 'a worker to complain', Promise.any(stage.workers.map(({ log }) => log.until(complaint))));
  const text = await (await fetch(metrics)).text();
  const [, usage] = /^holdfast_notification_queue_usage (\S+)$/m.exec(text) ?? [];
  if (!(Number(usage) > 0.5)) stage.fail(`the metric says that the queue is ${usage} full`);
}

/** @returns milliseconds from the model to a follower, for each word */
async function askAll(stage: Stage, guest: Guest): Promise<number[]> {
  const turns = await stage.askMany(guest, stage.pick(4, 20), directives(stage));
  for (const turn of turns) {
    const { id, status } = await turn.ended();
    if (status !== 'succeeded') stage.fail(`${id} ended as ${status}`);
  }
  return turns.flatMap(({ follower, runId }) => stampsHeard(follower, runId).map(({ ms }) => ms));
}

/** Notifications reach a session between two transactions; this one never comes to the end of its own. */
async function listenWithoutReading({ database }: Stage): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url, application_name: 'hanging listener' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('LISTEN nothing');
  await client.query('BEGIN');
  await client.query('SELECT');
  return client;
}

/** @param share how full it is to be; 1 means until nothing more goes in */
async function fillQueue(stage: Stage, share: number): Promise<void> {
  while ((await readUsage(stage)) < share) {
    try {
      await stage.database.pool.query(`SELECT pg_notify('nothing', repeat('x', 7000)) FROM generate_series(1, 2)`);
    } catch (error) {
      if (share === 1 && String(error).includes('too many notifications')) return;
      throw error;
    }
  }
}

async function readUsage({ database }: Stage): Promise<number> {
  const { rows } = await database.pool.query<{ usage: number }>('SELECT pg_notification_queue_usage() AS usage');
  return rows[0]!.usage;
}
