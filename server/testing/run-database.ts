/** The heart's database for tests: real, one for each describe. */
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { openDatabase } from '#server/db';
import type { RunDatabase } from '#server/runs/run-database';
import { createTestDatabase } from './database.ts';

export const silentLog = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });

/** A process's view of a database: `openRunDatabase` twice is two processes. */
export function openRunDatabase(url: string): Promise<RunDatabase & { close(): Promise<void> }> {
  return openDatabase({ connectionString: url, log: silentLog, answersDoorbells: true });
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
