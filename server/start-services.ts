import { createModels } from '#server/agent/models';
import { startFileSweeper } from '#server/files/sweep-files';
import { createHub } from '#server/runs/hub';
import { startSweeper } from '#server/runs/sweeper';
import { createAuth } from './auth.ts';
import { openDatabase } from './db.ts';
import type { Env } from './env.ts';
import { createLog } from './log.ts';
import { openMetricsPort } from './metrics-port.ts';
import type { Services } from './services.ts';

/**
 * Start what a web process needs, besides the server itself.
 *
 * @throws when the database is away, or a setting that only this process needs is missing
 */
export async function startServices(env: Env): Promise<Services & { close(): Promise<void> }> {
  const log = createLog('web', env.LOG_LEVEL);
  const db = await openDatabase({ connectionString: env.DATABASE_URL, log, answersDoorbells: false });
  const auth = createAuth({ env, db, log });
  const hub = createHub(db, { connectionString: env.DATABASE_URL, log });
  const metrics = await openMetricsPort({ env, db, log });
  const fileSweeper = startFileSweeper(db, log);
  const sweeper = startSweeper(db, { maxAttempts: env.RUN_MAX_ATTEMPTS, log, observer: metrics.sweepObserver });
  return {
    env,
    log,
    db,
    auth,
    hub,
    models: createModels(env),
    async close() {
      metrics.close();
      await Promise.all([sweeper.close(), fileSweeper.close()]);
      await hub.close();
      await db.close();
    },
  };
}
