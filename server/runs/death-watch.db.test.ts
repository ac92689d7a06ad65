import { describe, expect, it } from 'vitest';
import { insertChat, insertRun, insertWorker } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { createDeathWatch } from './death-watch.ts';

const store = useRunDatabase();

/** A run of a worker that no process stands behind. */
async function insertLost() {
  const workerId = await insertWorker(store.db);
  const { runId } = await insertRun(store.db, await insertChat(store.db), { status: 'running', workerId });
  const isLost = async () => (await store.db.prisma.run.findUniqueOrThrow({ where: { id: runId } })).interruptedAt !== null;
  return { workerId, isLost };
}

describe('createDeathWatch', () => {
  it('believes its second look', async () => {
    const { isLost } = await insertLost();
    const look = createDeathWatch(store.db, 0);
    expect(await look()).toBe(0);
    expect(await isLost()).toBe(false);
    await look();
    expect(await isLost()).toBe(true);
  });

  it('clears a worker whose session has come back, under its new key', async () => {
    const { workerId, isLost } = await insertLost();
    const look = createDeathWatch(store.db, 0);
    await look();
    await store.db.prisma.worker.update({ where: { id: workerId }, data: { lockKey: 7_777_777 } });
    await look();
    expect(await isLost()).toBe(false);
  });

  it('forgets whom it suspected when a look fails', async () => {
    const { isLost } = await insertLost();
    let isAway = false;
    const db = {
      ...store.db,
      get pool() {
        if (isAway) throw new Error('the database is away');
        return store.db.pool;
      },
    };
    const look = createDeathWatch(db, 0);
    await look();
    isAway = true;
    await expect(look()).rejects.toThrow('away');
    isAway = false;
    await look();
    expect(await isLost()).toBe(false);
    await look();
    expect(await isLost()).toBe(true);
  });
});
