/** One pool per process: Prisma, pg-boss and our own statements share it, but for the journal's appends. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { PrismaClient } from '#prisma/client';
import { createHints } from '#server/runs/hints';
import type { RunDatabase } from '#server/runs/run-database';

/** With either, COMMIT returns only when the write is on disk here. */
const durableCommits = ['on', 'remote_apply'];
/** Connections of this process, those that listen not counted. */
const poolSize = 20;

export type OpenDatabaseOptions = {
  connectionString: string;
  log: Logger;
  /** a worker wakes up at doorbells; a web process only rings them */
  answersDoorbells: boolean;
  /** of the runs that this process is to own: an append that goes silent must leave time for another */
  leaseSeconds?: number;
  /** what takes longer has met a connection that went silent; for tests */
  queryTimeoutMs?: number;
};

/**
 * Connect.
 *
 * @throws when the server is unreachable, or is configured to lose commits (promise 1 of the design)
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<RunDatabase & { close(): Promise<void> }> {
  const { connectionString, log } = options;
  const pool = createPool(options, { max: poolSize, onConnect: prepareSession });
  const appendPool = createPool(
    { ...options, queryTimeoutMs: Math.min(options.queryTimeoutMs ?? Infinity, (options.leaseSeconds ?? 15) * 500) },
    { max: 1, idleTimeoutMillis: 0, onConnect: prepareAppendSession },
  );
  const boss = createBoss(pool, options);
  try {
    // In a worker this also opens the journal's connection, before a lease depends on it.
    await assertDurable(options.answersDoorbells ? appendPool : pool);
    await boss.start();
  } catch (error) {
    await Promise.all([pool.end(), appendPool.end()]);
    throw error;
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const hints = createHints({ connectionString, log });
  return {
    pool,
    appendPool,
    prisma,
    boss,
    hints,
    async close() {
      await boss.stop({ graceful: false });
      await hints.close();
      await prisma.$disconnect();
      await Promise.all([pool.end(), appendPool.end()]);
    },
  };
}

type PoolKind = Pick<pg.PoolConfig, 'max' | 'idleTimeoutMillis'> & { onConnect: (client: pg.ClientBase) => Promise<unknown> };

function createPool(options: OpenDatabaseOptions, { onConnect, ...size }: PoolKind): pg.Pool {
  const { connectionString, log, queryTimeoutMs = 10_000 } = options;
  const pool = new pg.Pool({
    ...size,
    connectionString,
    application_name: 'holdfast',
    connectionTimeoutMillis: 5_000,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
    // Awaited before the connection is handed out, whatever its type says.
    onConnect: onConnect as (client: pg.ClientBase) => void,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'));
  // Between two statements of a transaction nobody else listens, and an error that nobody hears ends the process. The
  // next statement rejects.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

/**
 * Statements, since poolers refuse them as start-up options. A process that freezes between two statements of a
 * transaction must not keep its locks on chats and runs: everybody else would wait for it. Our statements go by keys, so
 * a plan made once serves every value; planning the append anew takes as long as running it.
 */
const prepareSession = (client: pg.ClientBase) =>
  client.query("SET TIME ZONE 'UTC'; SET idle_in_transaction_session_timeout = '10s'; SET plan_cache_mode = force_generic_plan");

/**
 * The append goes by primary keys. Left to itself the planner takes its arrays for ten entries and the table for as small
 * as it was once, and joins them in ways that take the square of either, or reads the whole table for each append.
 */
const prepareAppendSession = async (client: pg.ClientBase) => {
  await prepareSession(client);
  await client.query(
    'SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_material = off; ' +
      'SET enable_hashjoin = off; SET enable_mergejoin = off',
  );
};

function createBoss(pool: pg.Pool, options: OpenDatabaseOptions): PgBoss {
  const { connectionString, log, answersDoorbells, queryTimeoutMs: query_timeout = 10_000 } = options;
  const boss = new PgBoss({
    // Only a pool of its own lets pg-boss listen.
    ...(answersDoorbells
      ? { connectionString, max: 4, useListenNotify: true, query_timeout }
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
