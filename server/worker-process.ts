import { createAgent } from '#server/agent/agent';
import { createModels } from '#server/agent/models';
import { createTitleWriter } from '#server/agent/title-writer';
import type { AgentTools } from '#server/agent/tools';
import { createChatNamer } from '#server/chats/name-chats';
import { startSweeper } from '#server/runs/sweeper';
import { startWorker } from '#server/runs/worker';
import packageJson from '../package.json' with { type: 'json' };
import { openDatabase } from './db.ts';
import { readEnv } from './env.ts';
import { createLog } from './log.ts';
import { openMetricsPort } from './metrics-port.ts';

/** What a running step gets to come to its end, its tools too, before it is given to another worker. */
const drainGraceMs = 3_000;

/**
 * Be a worker process: hand the agent and the database to the heart, and drain when told to stop, by SIGTERM, SIGINT or
 * the loss of the supervisor. Ends the process then.
 *
 * @param tools what the agent may use
 * @throws when the environment is wrong or the database is away
 */
export async function runWorkerProcess({ tools }: { tools: AgentTools }): Promise<void> {
  const env = readEnv();
  const log = createLog('worker', env.LOG_LEVEL);
  const connectionString = env.DATABASE_URL;

  const leaseSeconds = env.RUN_LEASE_SECONDS;
  const db = await openDatabase({ connectionString, log, answersDoorbells: true, leaseSeconds });
  const models = createModels(env);
  const namer = createChatNamer(db, { writeTitle: createTitleWriter(models), log });
  const worker = await startWorker(db, {
    connectionString,
    agent: createAgent({ models, tools, log }),
    ...(env.CHAT_TITLES === 'on' && { onSucceeded: namer.nameAfter }),
    concurrency: env.WORKER_CONCURRENCY,
    leaseSeconds,
    maxAttempts: env.RUN_MAX_ATTEMPTS,
    timeouts: {
      firstChunkSeconds: env.RUN_FIRST_CHUNK_TIMEOUT_SECONDS,
      chunkSeconds: env.RUN_CHUNK_TIMEOUT_SECONDS,
      stepSeconds: env.RUN_STEP_TIMEOUT_SECONDS,
      toolSeconds: env.RUN_TOOL_TIMEOUT_SECONDS,
      totalSeconds: env.RUN_TOTAL_TIMEOUT_SECONDS,
    },
    version: packageJson.version,
    log,
  });
  const metrics = await openMetricsPort({ env, db, log, countHeldRuns: () => worker.heldRunIds().length });
  const sweeper = startSweeper(db, { maxAttempts: env.RUN_MAX_ATTEMPTS, log, observer: metrics.sweepObserver });
  log.info({ workerId: worker.id }, 'worker ready');

  stopWhenTold(async (reason) => {
    log.info({ reason, held: worker.heldRunIds().length }, 'worker draining');
    await Promise.all([sweeper.close(), worker.drain(drainGraceMs)]);
    await namer.close();
    metrics.close();
    await db.close();
    log.info('worker stopped');
  });
}

/** Do it once, then end the process. */
function stopWhenTold(stop: (reason: string) => Promise<void>): void {
  let stopping = false;
  const stopOnce = async (reason: string) => {
    if (stopping) return;
    stopping = true;
    await stop(reason);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stopOnce('SIGTERM'));
  process.on('SIGINT', () => void stopOnce('SIGINT'));
  // The supervisor is gone, however it went: nothing may survive it.
  process.on('disconnect', () => void stopOnce('supervisor gone'));
}
