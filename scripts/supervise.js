import { once } from 'node:events';
import { readEnv } from '#server/env';
import { checkDatabase } from './external-database.js';
import { waitUntilHealthy } from './health.js';
import { checkPort } from './port.js';
import { buildProject } from './prepare-project.js';
import { migrateDatabase, startDatabase } from './start-database.js';
import { listenForStop } from './stop-request.js';
import { SupervisedProcess } from './supervised-process.js';
import { Trouble, describeError } from './trouble.js';
import { watchSources } from './watch-sources.js';
import { workerEnvironment } from './worker-environment.js';

/** Time to end by oneself: a worker gives its runs back, a web process closes its followers' streams. */
const workerPatienceMs = 30_000;
const webPatienceMs = 10_000;
/** What a killed supervisor leaves behind ends by itself within this time. */
const leftoverPatienceMs = 12_000;

/**
 * @typedef {object} Part something that runs
 * @property {() => Promise<void>} stop
 * @property {() => void} kill
 *
 * @typedef {object} Run
 * @property {boolean} development
 * @property {boolean} tookOver
 * @property {Part[]} parts what runs already, in the order of its start
 * @property {AbortSignal} stopRequest
 */

/**
 * Run database, web and worker until somebody asks to stop, then stop them in order: worker, web, database.
 *
 * @param {object} mode
 * @param {boolean} mode.development pages are compiled on demand, changed sources restart web and worker
 * @param {boolean} mode.tookOver whether an earlier supervisor of this data folder was killed
 * @throws {Trouble} when something does not start; what did is stopped again
 */
export async function supervise({ development, tookOver }) {
  /** @type {Part[]} */
  const parts = [];
  const stopRequest = listenForStop(() => {
    for (const part of parts) part.kill();
    process.exit(1);
  });
  try {
    await startAll({ development, tookOver, parts, stopRequest });
    if (!stopRequest.aborted) await once(stopRequest, 'abort');
  } catch (error) {
    if (!stopRequest.aborted) throw error;
  } finally {
    if (stopRequest.aborted) console.log('Stopping …');
    for (const part of parts.toReversed()) await part.stop();
  }
}

/** @param {Run} run */
async function startAll({ development, tookOver, parts, stopRequest }) {
  const address = readAddress();
  requireSecret();
  await checkPort(address, tookOver ? leftoverPatienceMs : 0);
  if (process.env.DATABASE_URL) await checkDatabase(process.env.DATABASE_URL);
  if (!development) await buildProject(stopRequest);
  stopRequest.throwIfAborted();
  /** @type {SupervisedProcess[]} */
  const processes = [];
  const restart = async () => void (await Promise.all(processes.map((part) => part.restart())));

  const database = await startDatabase(restart);
  parts.push(database);
  stopRequest.throwIfAborted();
  await migrateDatabase(database.readVariables().DATABASE_URL);
  stopRequest.throwIfAborted();

  /** @type {() => NodeJS.ProcessEnv} */
  const readEnvironment = () => ({
    ...process.env,
    ...database.readVariables(),
    NODE_ENV: development ? 'development' : 'production',
  });
  const web = new SupervisedProcess({ name: 'web', script: 'server/web-main.ts', readEnvironment });
  const worker = new SupervisedProcess({
    name: 'worker',
    script: 'server/worker-main.ts',
    readEnvironment: () => workerEnvironment(readEnvironment()),
  });
  processes.push(web, worker);
  parts.push({ stop: () => web.stop(webPatienceMs), kill: () => web.kill() });
  parts.push({ stop: () => worker.stop(workerPatienceMs), kill: () => worker.kill() });
  await Promise.race([
    waitUntilHealthy(address, stopRequest),
    ...processes.map((part) => failWhenEnded(part.name, part.start())),
  ]);
  console.log(`Ready on http://localhost:${address.port}`);
  if (development) watchSources(restart, stopRequest);
}

/**
 * Where the web process will listen.
 *
 * @throws {Trouble} when a variable of the environment is wrong
 */
function readAddress() {
  try {
    const DATABASE_URL = process.env.DATABASE_URL || 'postgresql://embedded';
    const { HOST: host, PORT: port, PUBLIC_URL } = readEnv({ ...process.env, DATABASE_URL });
    return { host, port, name: PUBLIC_URL ? new URL(PUBLIC_URL).host : `localhost:${port}` };
  } catch (error) {
    throw new Trouble(error instanceof Error ? error.message : describeError(error));
  }
}

function requireSecret() {
  if (!process.env.DATABASE_URL || process.env.AUTH_SECRET) return;
  throw new Trouble('DATABASE_URL needs AUTH_SECRET beside it: 32 random characters or more, the same everywhere.');
}

/**
 * A process that gives up before everything is ready has said why, and would say it again.
 *
 * @param {string} name
 * @param {Promise<number | null>} ended
 * @returns {Promise<never>}
 */
async function failWhenEnded(name, ended) {
  const code = await ended;
  if (code) throw new Trouble(`The ${name} process does not start; what it said is above.`);
  return new Promise(() => undefined);
}
