import { describe, expect, it, onTestFinished } from 'vitest';
import { insertChat, insertRun, insertWorker, type RunState } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { armRacePoint } from './race-points.ts';
import {
  expireRunsOfDeadWorkers,
  pruneOrphanedJournals,
  repairOrphanedAnswers,
  rescueExpiredRuns,
  ringForWaitingRuns,
  stopRunsOfDeletedChats,
} from './sweeps.ts';

const store = useRunDatabase();

const rowOf = (id: string) => store.db.prisma.run.findUniqueOrThrow({ where: { id } });
const insertRunning = async (state: { leaseSeconds: number; stopRequested?: boolean; workerId?: string }) =>
  (await insertRun(store.db, await insertChat(store.db), { status: 'running', ...state })).runId;

describe('rescueExpiredRuns', () => {
  it('settles the others when one run cannot be settled, and says what was wrong', async () => {
    const poison = await insertRunning({ leaseSeconds: -20, stopRequested: true });
    const sound = await insertRunning({ leaseSeconds: -10, stopRequested: true });
    let passed = 0;
    const disarm = armRacePoint('inside-settle', () => {
      if (++passed === 1) throw new Error('poison');
    });
    onTestFinished(disarm);
    await expect(rescueExpiredRuns(store.db, 3, 0)).rejects.toThrow('poison');
    expect(await rowOf(sound)).toMatchObject({ status: 'aborted' });
    expect(await rowOf(poison)).toMatchObject({ status: 'running' });
    await rescueExpiredRuns(store.db, 3, 0);
    expect(await rowOf(poison)).toMatchObject({ status: 'aborted' });
  });
});

describe('expireRunsOfDeadWorkers', () => {
  it('comes to every run of a worker that held more than one round takes', async () => {
    const workerId = await insertWorker(store.db);
    for (let i = 0; i < 120; i++) await insertRunning({ leaseSeconds: 60, workerId });
    await expireRunsOfDeadWorkers(store.db, 0);
    await expireRunsOfDeadWorkers(store.db, 0);
    expect(await store.db.prisma.run.count({ where: { workerId, interruptedAt: null } })).toBe(0);
  });
});

describe('ringForWaitingRuns', () => {
  it('leaves one doorbell waiting, however long nobody answers', async () => {
    const { runId } = await insertRun(store.db, await insertChat(store.db), { status: 'pending' });
    for (let hour = 0; hour < 3; hour++) {
      await ringForWaitingRuns(store.db, 0);
      await store.db.pool.query(`UPDATE pgboss.job SET singleton_on = singleton_on - interval '1 hour'`);
    }
    const { rows } = await store.db.pool.query(`SELECT state FROM pgboss.job WHERE data ->> 'runId' = $1`, [runId]);
    expect(rows).toEqual([{ state: 'created' }]);
  });
});

describe('repairOrphanedAnswers', () => {
  it('ends an answer that no run writes, and raises the revision that tells followers', async () => {
    const chat = await insertChat(store.db);
    const { assistantMessageId: id } = await insertRun(store.db, chat, { status: 'failed' });
    const createdAt = new Date(Date.now() - 3_600_000);
    await store.db.prisma.message.update({
      where: { chatId_id: { chatId: chat.chatId, id } },
      data: { status: 'streaming', createdAt },
    });
    expect(await repairOrphanedAnswers(store.db)).toBe(1);
    const message = await store.db.prisma.message.findFirstOrThrow({ where: { id } });
    expect(message).toMatchObject({ status: 'failed', revision: 2 });
    expect(await repairOrphanedAnswers(store.db)).toBe(0);
  });
});

describe('pruneOrphanedJournals', () => {
  it('deletes what a deleted workspace has left in the journal, and nothing else', async () => {
    const [gone, stays] = [await insertChat(store.db), await insertChat(store.db)];
    const state = { status: 'running', chunks: [{ type: 'start' }] } satisfies RunState;
    const { runId } = await insertRun(store.db, gone, state);
    const { runId: keptId } = await insertRun(store.db, stays, state);
    await store.db.prisma.workspace.delete({ where: { id: gone.workspaceId } });
    expect(await pruneOrphanedJournals(store.db)).toBe(1);
    const left = await store.db.prisma.runChunk.findMany({ where: { runId: { in: [runId, keptId] } } });
    expect(left).toMatchObject([{ runId: keptId }]);
  });
});

describe('stopRunsOfDeletedChats', () => {
  it('stops what is still answered in a chat that was deleted, and nothing else', async () => {
    const deleted = await insertChat(store.db);
    const kept = await insertChat(store.db);
    const lost = await insertRun(store.db, deleted, { status: 'pending' });
    const fine = await insertRun(store.db, kept, { status: 'pending' });
    await store.db.prisma.chat.update({ where: { id: deleted.chatId }, data: { deletedAt: new Date() } });
    expect(await stopRunsOfDeletedChats(store.db)).toBe(1);
    const statusOf = async (id: string) => (await store.db.prisma.run.findUniqueOrThrow({ where: { id } })).status;
    expect([await statusOf(lost.runId), await statusOf(fine.runId)]).toEqual(['aborted', 'pending']);
  });
});
