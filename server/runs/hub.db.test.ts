import type pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '#server/testing/eventually';
import { recordFollower } from '#server/testing/follower';
import { insertChat, insertRun } from '#server/testing/run-factories';
import { openRunDatabase, silentLog, useRunDatabase } from '#server/testing/run-database';
import { startTcpProxy } from '#server/testing/tcp-proxy';
import { createHub } from './hub.ts';

const store = useRunDatabase();

describe('createHub', () => {
  it('ends its followers when the database is away, also where nothing happens, and serves them again afterwards', async () => {
    const proxy = await startTcpProxy(store.url);
    const web = await openRunDatabase(proxy.url);
    const hub = createHub(web, { connectionString: proxy.url, log: silentLog, pollEveryMs: 50 });
    onTestFinished(async () => {
      await hub.close();
      await web.close();
    });
    const chat = await insertChat(store.db);
    await insertRun(store.db, chat, { status: 'running' });
    const follower = recordFollower(web, hub, chat);
    const { id } = await follower.until(({ type }) => type === 'run');

    proxy.refuse(true);
    proxy.cutAll();
    await expect(follower.ended).rejects.toThrow();
    proxy.heal();
    // A poll from before may still fail, and end this one too.
    await eventually('followers to be served again', async () => {
      const resumed = recordFollower(web, hub, { ...chat, lastEventId: id });
      const heard = resumed.until(({ type }) => type === 'run');
      return heard.then(() => resumed.leave()).then(() => true, () => false);
    });
  });

  it('leaves what was written since its last look to the hints, and takes it for missed at the next one', async () => {
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'running' });
    let looks = 0;
    const pool: typeof store.db.pool = Object.create(store.db.pool, {
      query: { value: (query: pg.QueryConfig) => store.db.pool.query(query).finally(() => (looks += 1)) },
    });
    const hub = createHub({ ...store.db, pool }, { connectionString: store.url, log: silentLog, pollEveryMs: 20 });
    onTestFinished(() => hub.close());
    const follower = hub.follow(chat.chatId);
    follower.place = { revision: 1, runId, seq: 0 };
    // What it may have missed before it began to listen.
    await follower.inbox.take();
    await eventually('a look', async () => looks > 0);
    await store.db.pool.query('UPDATE run SET last_seq = 3 WHERE id = $1', [runId]);
    const written = looks;
    expect(await follower.inbox.take()).toEqual({ changed: true, hints: [] });
    expect(looks - written).toBeGreaterThanOrEqual(2);
  });
});
