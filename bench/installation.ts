/** What runs while measuring: an installation of its own, with the processes of `npm start`. */
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '#server/migrations';
import { StartedProcess } from '#server/testing/started-process';
import { startEmbeddedPostgres } from '../scripts/embedded-postgres.js';
import { findFreePort } from '../scripts/port.js';
import { stopOrphanedPostmaster } from '../scripts/postmaster.js';
import { benchModel } from './bench-model.ts';
import { collectable, readBytesInUse } from './garbage.ts';
import { listTree } from './process-usage.ts';

export type BenchWeb = { origin: string; process: StartedProcess };

/** The parts of it that cost something. */
export const partNames = ['web', 'worker', 'postgres'] as const;
export type PartName = (typeof partNames)[number];

export type Installation = {
  databaseUrl: string;
  webs: BenchWeb[];
  workers: StartedProcess[];
  /** One more of them, ready. */
  addWeb(): Promise<void>;
  addWorker(): Promise<void>;
  /** The last one leaves. */
  removeWeb(): Promise<void>;
  removeWorker(): Promise<void>;
  /** What web processes and workers cannot do without, garbage collected. */
  bytesInUse(): Promise<number>;
  /** Ids of the processes that make it up at this moment. */
  pids(): Record<PartName, number[]>;
  stop(): Promise<void>;
};

export type InstallationPlan = {
  /** on the disk that is to be measured; made anew and removed at the end */
  directory: string;
  /** an OpenAI-compatible one */
  providerUrl: string;
};

/** One web process and one worker, ready. */
export async function startInstallation({ directory, providerUrl }: InstallationPlan): Promise<Installation> {
  const cluster = join(directory, 'postgres');
  await stopOrphanedPostmaster(cluster);
  rmSync(directory, { recursive: true, force: true });
  const database = await startEmbeddedPostgres(directory);
  process.once('exit', database.kill);
  await migrate(database.url);
  const postmaster = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const variables = {
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    AUTH_SECRET: randomBytes(32).toString('hex'),
    OPENAI_COMPATIBLE_BASE_URL: providerUrl,
    CHAT_MODELS: benchModel,
    CHAT_TITLES: 'off',
    GUEST_ACCESS: 'on',
    LOG_LEVEL: 'info',
    WORKER_CONCURRENCY: '10000',
    BENCH_FLOOR: 'on',
    ...collectable,
  };
  const webs: BenchWeb[] = [];
  const workers: StartedProcess[] = [];
  const installation: Installation = {
    databaseUrl: database.url,
    webs,
    workers,
    async addWeb() {
      const port = await findFreePort();
      const web = new StartedProcess('bench/web-main.ts', { ...variables, PORT: String(port) });
      await web.untilSaid('web is listening');
      webs.push({ origin: `http://localhost:${port}`, process: web });
    },
    async addWorker() {
      const worker = new StartedProcess('bench/worker-main.ts', { ...variables, PORT: '1' });
      await worker.untilSaid('worker ready');
      workers.push(worker);
    },
    removeWeb: () => leave(webs.pop()!.process),
    removeWorker: () => leave(workers.pop()!),
    bytesInUse: () => readBytesInUse([...workers, ...webs.map((web) => web.process)]),
    pids: () => ({
      web: webs.map((web) => web.process.pid),
      worker: workers.map(({ pid }) => pid),
      postgres: listTree(postmaster),
    }),
    async stop() {
      await Promise.all([...workers.map(leave), ...webs.map((web) => leave(web.process))]);
      await database.stop();
      process.off('exit', database.kill);
      rmSync(directory, { recursive: true, force: true });
    },
  };
  await Promise.all([installation.addWeb(), installation.addWorker()]);
  return installation;
}

async function leave(process: StartedProcess): Promise<void> {
  process.signal('SIGTERM');
  await process.ended;
}
