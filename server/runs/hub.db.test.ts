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
});
