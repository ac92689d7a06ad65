import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '#server/testing/database';
import { silentLog } from '#server/testing/run-database';
import { startTcpProxy } from '#server/testing/tcp-proxy';
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

  it('gives up on a connection that went silent, and takes another', async () => {
    const proxy = await startTcpProxy(database.url);
    const options = { connectionString: proxy.url, log: silentLog, answersDoorbells: false, queryTimeoutMs: 300 };
    const db = await openDatabase(options);
    await db.pool.query('SELECT');
    proxy.silence();
    await expect(db.pool.query('SELECT')).rejects.toThrow('Query read timeout');
    await db.pool.query('SELECT');
    await db.close();
  });

  it('lets go of the locks of a process that froze in a transaction', async () => {
    const db = await open();
    const { rows } = await db.pool.query('SHOW idle_in_transaction_session_timeout');
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '10s' }]);
    await db.close();
  });

  it('refuses a database that loses commits', async () => {
    await configure('synchronous_commit = off');
    await expect(open()).rejects.toThrow('synchronous_commit = off');
  });
});
