import { beforeEach, describe, expect, it } from 'vitest';
import { insertChat, insertRun, insertWorker, type RunState } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { ringDoorbell } from './doorbell.ts';
import { countStuck } from './stuck.ts';
import { readVitalSigns } from './vital-signs.ts';

const store = useRunDatabase();

/** The cluster has only just started, and nothing waits for longer than that: at once, or never. */
const never = 1_000_000;
const atOnce = 0.001;
const allAtOnce = { unrungSeconds: atOnce, unclaimedSeconds: atOnce, unwrittenSeconds: atOnce };
const neverStuck = { unrungSeconds: never, unclaimedSeconds: never, unwrittenSeconds: never };
const unrung = { ...neverStuck, unrungSeconds: atOnce };
const unclaimed = { ...neverStuck, unclaimedSeconds: atOnce };

const insert = async (state: RunState) => insertRun(store.db, await insertChat(store.db), { ageSeconds: 60, ...state });
const ring = (runId: string) => ringDoorbell(store.db, { runId, priority: 0 });

beforeEach(() => store.db.pool.query('TRUNCATE workspace, worker CASCADE; DELETE FROM pgboss.job'));

describe('countStuck', () => {
  it('finds nothing where runs are owned, not due yet, or over', async () => {
    await insert({ status: 'running', leaseSeconds: 60 });
    await insert({ status: 'succeeded' });
    const { runId } = await insert({ status: 'pending' });
    await store.db.prisma.run.update({ where: { id: runId }, data: { availableAt: new Date(Date.now() + 60_000) } });
    expect(await countStuck(store.db, allAtOnce)).toEqual({ runs: 0, messages: 0, runIds: [] });
  });

  it('finds runs without an owner for which nobody has rung, and names them', async () => {
    const lost = await insert({ status: 'running', leaseSeconds: -60 });
    const unheard = await insert({ status: 'pending' });
    const runIds = [lost.runId, unheard.runId].toSorted();
    expect(await countStuck(store.db, unrung)).toEqual({ runs: 2, messages: 0, runIds });
    expect(await countStuck(store.db, neverStuck)).toMatchObject({ runs: 0 });
  });

  it('leaves a run to the doorbell that waits or has just been answered', async () => {
    const waiting = await insert({ status: 'pending' });
    const answered = await insert({ status: 'running', leaseSeconds: -60 });
    await ring(waiting.runId);
    await ring(answered.runId);
    const answer = (at: string) =>
      store.db.pool.query(
        `UPDATE pgboss.job SET state = 'completed', completed_on = now() + $2::interval WHERE data ->> 'runId' = $1`,
        [answered.runId, at],
      );
    await answer('1 minute');
    expect(await countStuck(store.db, unrung)).toMatchObject({ runs: 0 });
    await answer('-1 minute');
    expect(await countStuck(store.db, unrung)).toMatchObject({ runs: 1, runIds: [answered.runId] });
  });

  it('finds a run that nobody claims although a worker has room, doorbell or not', async () => {
    const { runId } = await insert({ status: 'pending' });
    await ring(runId);
    expect(await countStuck(store.db, unclaimed)).toMatchObject({ runs: 0 });
    const workerId = await insertWorker(store.db);
    expect(await countStuck(store.db, unclaimed)).toMatchObject({ runs: 1, runIds: [runId] });
    await store.db.prisma.worker.update({ where: { id: workerId }, data: { draining: true } });
    expect(await countStuck(store.db, unclaimed)).toMatchObject({ runs: 0 });
    await store.db.prisma.worker.update({ where: { id: workerId }, data: { draining: false } });
    await insert({ status: 'running', leaseSeconds: 60, workerId });
    expect(await countStuck(store.db, unclaimed)).toMatchObject({ runs: 0 });
  });

  it('counts no time before the database was started', async () => {
    await insert({ status: 'running', leaseSeconds: -1_000_000 });
    expect(await countStuck(store.db, { ...neverStuck, unrungSeconds: 900_000 })).toMatchObject({ runs: 0 });
  });

  it('finds answers that no run writes', async () => {
    const { runId, assistantMessageId: id } = await insert({ status: 'running', leaseSeconds: 60 });
    const chatOf = await store.db.prisma.message.findFirstOrThrow({ where: { id } });
    const key = { chatId_id: { chatId: chatOf.chatId, id } };
    await store.db.prisma.message.update({ where: key, data: { updatedAt: new Date(Date.now() - 300_000) } });
    const unwritten = { ...neverStuck, unwrittenSeconds: 200 };
    expect(await countStuck(store.db, unwritten)).toMatchObject({ messages: 0 });
    await store.db.prisma.run.delete({ where: { id: runId } });
    expect(await countStuck(store.db, unwritten)).toMatchObject({ messages: 1 });
    expect(await countStuck(store.db, neverStuck)).toMatchObject({ messages: 0 });
  });
});

describe('readVitalSigns', () => {
  it('sees the whole installation', async () => {
    const workerId = await insertWorker(store.db);
    await insert({ status: 'running', leaseSeconds: 60, workerId });
    await insert({ status: 'pending' });
    await insert({ status: 'pending' });
    await insert({ status: 'failed' });
    expect(await readVitalSigns(store.db, unrung)).toEqual({
      activeRuns: { pending: 2, running: 1 },
      stuckRuns: 2,
      stuckMessages: 0,
      liveWorkers: 1,
      notificationQueueUsage: 0,
    });
  });
});
