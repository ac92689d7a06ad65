/** The heart's database for tests: real, one for each describe. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { PrismaClient } from '#prisma/client';
import { createHints } from '#server/runs/hints';
import type { RunDatabase } from '#server/runs/run-database';
import { createTestDatabase } from './database.ts';

export const silentLog = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });

/** A process's view of a database: `openRunDatabase` twice is two processes. */
export async function openRunDatabase(url: string): Promise<RunDatabase & { url: string; close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // Tests cut connections on purpose.
  pool.on('error', () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const boss = new PgBoss({
    connectionString: url,
    max: 4,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
    useListenNotify: true,
  });
  boss.on('error', () => undefined);
  await boss.start();
  const hints = createHints({ connectionString: url, log: silentLog });
  return {
    url,
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

/** The database of the surrounding describe; readable inside hooks and tests. */
export function useRunDatabase(): { readonly db: RunDatabase; readonly url: string } {
  let database: Awaited<ReturnType<typeof createTestDatabase>> | undefined;
  let db: Awaited<ReturnType<typeof openRunDatabase>> | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = await openRunDatabase(database.url);
  });
  afterAll(async () => {
    await db?.close();
    await database?.drop();
  });
  return {
    get db() {
      return db!;
    },
    get url() {
      return database!.url;
    },
  };
}
