import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '#server/testing/database';
import { silentLog } from '#server/testing/run-database';
import { openDatabase } from './db.ts';

describe('openDatabase', () => {
  const database = useTestDatabase();
  const open = () => openDatabase({ connectionString: database.url, log: silentLog, answersDoorbells: false });

  async function configure(setting: string) {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`ALTER DATABASE ${client.database} SET ${setting}`);
    await client.end();
  }

  it('speaks UTC to the database, whatever the server’s own zone', async () => {
    await configure(`timezone = 'Europe/Berlin'`);
    const db = await open();
    expect((await db.pool.query('SHOW timezone')).rows).toEqual([{ TimeZone: 'UTC' }]);
    expect(await db.prisma.$queryRaw`SHOW timezone`).toEqual([{ TimeZone: 'UTC' }]);
    await db.close();
  });

  it('refuses a database that loses commits', async () => {
    await configure('synchronous_commit = off');
    await expect(open()).rejects.toThrow('synchronous_commit = off');
  });
});
