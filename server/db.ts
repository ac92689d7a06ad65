/** One pool per process: Prisma, pg-boss and our own statements share it. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { PrismaClient } from '#prisma/client';
import { createHints } from '#server/runs/hints';
import type { RunDatabase } from '#server/runs/run-database';

/** With either, COMMIT returns only when the write is on disk here. */
const durableCommits = ['on', 'remote_apply'];

export type OpenDatabaseOptions = {
  connectionString: string;
  log: Logger;
  /** connections of this process, those that listen not counted */
  poolSize?: number;
  /** a worker wakes up at doorbells; a web process only rings them */
  answersDoorbells: boolean;
};

/**
 * Connect.
 *
 * @throws when the server is unreachable, or is configured to lose commits (promise 1 of the design)
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<RunDatabase & { close(): Promise<void> }> {
  const { connectionString, log } = options;
  const pool = createPool(options);
  const boss = createBoss(pool, options);
  try {
    await assertDurable(pool);
    await boss.start();
  } catch (error) {
    await pool.end();
    throw error;
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const hints = createHints({ connectionString, log });
  return {
    pool,
    prisma,
    boss,
    hints,
    async close() {
      await boss.stop({ graceful: false });
      await hints.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

function createPool({ connectionString, log, poolSize = 20 }: OpenDatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: poolSize,
    application_name: 'holdfast',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // Awaited before the connection is handed out, whatever its type says.
    onConnect: useUtc as (client: pg.ClientBase) => void,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'));
  return pool;
}

/** A statement, since poolers refuse it as a start-up option. */
const useUtc = (client: pg.ClientBase) => client.query("SET TIME ZONE 'UTC'");

function createBoss(pool: pg.Pool, { connectionString, log, answersDoorbells }: OpenDatabaseOptions): PgBoss {
  const boss = new PgBoss({
    // Only a pool of its own lets pg-boss listen.
    ...(answersDoorbells
      ? { connectionString, max: 4, useListenNotify: true }
      : { db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) } }),
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: answersDoorbells,
    registerInstance: false,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'doorbell queue in trouble'));
  boss.on('warning', (warning) => log.warn(warning, 'doorbell queue warns'));
  return boss;
}

async function assertDurable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ synchronous_commit: string }>('SHOW synchronous_commit');
  const setting = rows[0]?.synchronous_commit ?? 'unknown';
  if (durableCommits.includes(setting)) return;
  throw new Error(
    `The database runs with synchronous_commit = ${setting}: answers that were shown could be lost. Set it to on.`,
  );
}
