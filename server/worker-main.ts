/** A worker process: hands the agent and the database to the heart, and drains when told to stop. */
import { createAgent } from '#server/agent/agent';
import { createModels } from '#server/agent/models';
import { harmlessTools } from '#server/agent/tools';
import { startSweeper } from '#server/runs/sweeper';
import { startWorker } from '#server/runs/worker';
import packageJson from '../package.json' with { type: 'json' };
import { openDatabase } from './db.ts';
import { readEnv } from './env.ts';
import { createLog } from './log.ts';

/** What a running step gets to come to its end before it is given to another worker. */
const drainGraceMs = 1_000;

const env = readEnv();
const log = createLog('worker', env.LOG_LEVEL);
const connectionString = env.DATABASE_URL;

const db = await openDatabase({ connectionString, log, answersDoorbells: true });
const worker = await startWorker(db, {
  connectionString,
  agent: createAgent({ models: createModels(env), tools: harmlessTools, log }),
  concurrency: env.WORKER_CONCURRENCY,
  leaseSeconds: env.RUN_LEASE_SECONDS,
  timeouts: {
    firstChunkSeconds: env.RUN_FIRST_CHUNK_TIMEOUT_SECONDS,
    chunkSeconds: env.RUN_CHUNK_TIMEOUT_SECONDS,
    totalSeconds: env.RUN_TOTAL_TIMEOUT_SECONDS,
  },
  version: packageJson.version,
  log,
});
const sweeper = startSweeper(db, { maxAttempts: env.RUN_MAX_ATTEMPTS, log });
log.info({ workerId: worker.id }, 'worker ready');

let stopping = false;
async function stop(reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ reason, held: worker.heldRunIds().length }, 'worker draining');
  await sweeper.close();
  await worker.drain(drainGraceMs);
  await db.close();
  log.info('worker stopped');
  process.exit(0);
}

process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
// The supervisor is gone, however it went: nothing may survive it.
process.on('disconnect', () => void stop('supervisor gone'));
