/** What runs while measuring: an installation of its own, with the processes of `npm start`. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '#server/migrations';
import { type ModelProcess, startModelProcess } from '#server/testing/model-process';
import { startEmbeddedPostgres } from '../scripts/embedded-postgres.js';
import { waitUntilHealthy } from '../scripts/health.js';
import { findFreePort } from '../scripts/port.js';
import { stopOrphanedPostmaster } from '../scripts/postmaster.js';
import { SupervisedProcess } from '../scripts/supervised-process.js';

/** The scripted model's id in Holdfast. */
export const benchModel = 'openai-compatible:scripted';

export type Installation = {
  origin: string;
  databaseUrl: string;
  provider: ModelProcess;
  stop(): Promise<void>;
};

/** @param directory for the database, on the disk that is to be measured; made anew and removed at the end */
export async function startInstallation(directory: string): Promise<Installation> {
  await stopOrphanedPostmaster(join(directory, 'postgres'));
  rmSync(directory, { recursive: true, force: true });
  const database = await startEmbeddedPostgres(directory);
  const provider = await startModelProcess();
  const killAll = () => {
    provider.kill();
    database.kill();
  };
  process.once('exit', killAll);
  await migrate(database.url);
  const port = await findFreePort();
  const processes = startProcesses({ port, databaseUrl: database.url, providerUrl: provider.url });
  await waitUntilHealthy({ host: '127.0.0.1', port, name: `localhost:${port}` }, AbortSignal.timeout(60_000));
  return {
    origin: `http://localhost:${port}`,
    databaseUrl: database.url,
    provider,
    async stop() {
      for (const part of processes.toReversed()) await part.stop(10_000);
      provider.kill();
      await database.stop();
      process.off('exit', killAll);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

type Settings = { port: number; databaseUrl: string; providerUrl: string };

function startProcesses({ port, databaseUrl, providerUrl }: Settings): SupervisedProcess[] {
  const environment = {
    ...process.env,
    NODE_ENV: 'production' as const,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: '',
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(32).toString('hex'),
    OPENAI_COMPATIBLE_BASE_URL: providerUrl,
    CHAT_MODELS: benchModel,
    GUEST_ACCESS: 'on',
    LOG_LEVEL: 'warn',
    BENCH_FLOOR: 'on',
  };
  const scripts = { web: 'server/web-main.ts', worker: 'server/worker-main.ts' };
  return Object.entries(scripts).map(([name, script]) => {
    const part = new SupervisedProcess({ name, script, readEnvironment: () => environment });
    void part.start();
    return part;
  });
}
