import pg from 'pg';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { claimRun } from './claim.ts';
import { expireDead } from '#server/testing/expire-dead';
import { eventually } from '#server/testing/eventually';
import { insertChat, insertRun, insertWorker, type RunState } from '#server/testing/run-factories';
import { openRunDatabase, silentLog, useRunDatabase } from '#server/testing/run-database';
import { startLiveness } from './liveness.ts';
import { armRacePoint, type RacePoint } from './race-points.ts';
import {
  pruneOrphanedJournals,
  repairOrphanedAnswers,
  rescueExpiredRuns,
  ringForWaitingRuns,
  stopRunsOfDeletedChats,
} from './sweeps.ts';

const store = useRunDatabase();

beforeEach(() => store.db.pool.query('TRUNCATE workspace, worker, run_chunk CASCADE; DELETE FROM pgboss.job'));

const rowOf = (id: string) => store.db.prisma.run.findUniqueOrThrow({ where: { id } });
const insertRunning = async (state: { leaseSeconds: number; stopRequested?: boolean; workerId?: string }) =>
  (await insertRun(store.db, await insertChat(store.db), { status: 'running', ...state })).runId;

/** What happens the first time that the point is passed; later passings are free. */
function onFirst(point: RacePoint, happening: () => Promise<void> | void) {
  let passed = 0;
  onTestFinished(armRacePoint(point, () => (++passed === 1 ? happening() : undefined)));
}

const undisturbed = { status: 'running', epoch: 1, interruptedAt: null };

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

  it('leaves the run whose owner came back while the sweep failed at another one', async () => {
    const lost = await insertRunning({ leaseSeconds: -20 });
    const well = await insertRunning({ leaseSeconds: -10 });
    onFirst('before-expire', async () => {
      await store.db.pool.query(`UPDATE run SET lease_expires_at = now() + interval '15 seconds' WHERE id = $1`, [well]);
      throw new Error('no answer');
    });
    await expect(rescueExpiredRuns(store.db, 3, 0)).rejects.toThrow('no answer');
    expect(await rowOf(well)).toMatchObject(undisturbed);
    expect(await rescueExpiredRuns(store.db, 3, 0)).toBe(1);
    expect(await rowOf(lost)).toMatchObject({ interruptedAt: expect.any(Date) });
    expect(await rowOf(well)).toMatchObject(undisturbed);
  });

  it('does the rest next time when the database is cut off in the middle', async () => {
    const ids = [await insertRunning({ leaseSeconds: -20 }), await insertRunning({ leaseSeconds: -10 })];
    const well = await insertRunning({ leaseSeconds: 15 });
    await cutOffAt(ids[0]!, () => expect(rescueExpiredRuns(store.db, 3, 0)).rejects.toThrow('terminating connection'));
    expect(await rowOf(ids[0]!)).toMatchObject(undisturbed);
    expect(await rowOf(well)).toMatchObject(undisturbed);
    await rescueExpiredRuns(store.db, 3, 0);
    for (const id of ids) expect(await rowOf(id)).toMatchObject({ epoch: 1, interruptedAt: expect.any(Date) });
    expect(await rowOf(well)).toMatchObject(undisturbed);
  });

  it('gives every expiry to one of three sweepers', async () => {
    const others = await Promise.all([1, 2, 3].map(() => openRunDatabase(store.url)));
    onTestFinished(async () => void (await Promise.all(others.map((db) => db.close()))));
    const workerId = await insertWorker(store.db);
    const ids: string[] = [];
    for (let i = 0; i < 30; i++) ids.push(await insertRunning({ leaseSeconds: i % 2 ? 60 : -60, workerId }));
    const sweepAll = (sweep: (db: typeof store.db) => Promise<number>) => Promise.all(others.map(sweep));
    const expired = await sweepAll((db) => expireDead(db));
    expect(sum(expired)).toBe(15);
    await sweepAll((db) => rescueExpiredRuns(db, 3, 0));
    const runs = await store.db.prisma.run.findMany({ where: { id: { in: ids } } });
    expect(runs.filter((run) => run.epoch === 1 && run.interruptedAt !== null)).toHaveLength(30);
    const { rows } = await store.db.pool.query(
      `SELECT DISTINCT data ->> 'runId' FROM pgboss.job WHERE data ->> 'runId' = ANY ($1)`,
      [ids],
    );
    expect(rows).toHaveLength(30);
  });
});

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** Let `work` come to the locked run, and cut the connection it waits on. */
async function cutOffAt(runId: string, work: () => Promise<unknown>) {
  const operator = new pg.Client({ connectionString: store.url, application_name: 'operator' });
  await operator.connect();
  onTestFinished(() => operator.end());
  await operator.query('BEGIN');
  await operator.query('SELECT FROM chat WHERE id = (SELECT chat_id FROM run WHERE id = $1) FOR UPDATE', [runId]);
  const working = work();
  await eventually('the sweep to wait for the lock', async () => {
    const { rowCount } = await operator.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'holdfast' AND wait_event_type = 'Lock'`,
    );
    return rowCount === 1;
  });
  await operator.query('ROLLBACK');
  await working;
}

describe('expireRunsOfDeadWorkers', () => {
  it('rings at each death, also at the second one within seconds', async () => {
    const { runId } = await insertRun(store.db, await insertChat(store.db), { status: 'running', workerId: await insertWorker(store.db) });
    const doorbells = async () => {
      const waiting = `SELECT FROM pgboss.job WHERE name = 'run' AND data ->> 'runId' = $1 AND state = 'created'`;
      return (await store.db.pool.query(waiting, [runId])).rowCount;
    };
    await expireDead(store.db);
    expect(await doorbells()).toBe(1);
    await rescueExpiredRuns(store.db, 3, 0);
    await claimRun(store.db, { runId, workerId: await insertWorker(store.db), leaseSeconds: 15 });
    const before = await doorbells();
    await expireDead(store.db);
    expect(await doorbells()).toBe(before! + 1);
  });

  it('comes to every run of a worker that held more than one round takes', async () => {
    const workerId = await insertWorker(store.db);
    for (let i = 0; i < 120; i++) await insertRunning({ leaseSeconds: 60, workerId });
    await expireDead(store.db);
    await expireDead(store.db);
    expect(await store.db.prisma.run.count({ where: { workerId, interruptedAt: null } })).toBe(0);
  });

  it('leaves the runs of a worker that came back while the sweep was slow', async () => {
    const workerId = await insertWorker(store.db);
    const ids = [await insertRunning({ leaseSeconds: 60, workerId }), await insertRunning({ leaseSeconds: 60, workerId })];
    onFirst('before-expire', async () => {
      const options = { capacity: 1, version: 'test', onStopHint: () => undefined, log: silentLog };
      const liveness = await startLiveness(store.db, { workerId, connectionString: store.url, ...options });
      onTestFinished(() => liveness.close());
    });
    expect(await expireDead(store.db)).toBe(0);
    for (const id of ids) expect(await rowOf(id)).toMatchObject(undisturbed);
  });
});

describe('ringForWaitingRuns', () => {
  it('leaves one doorbell waiting, however long nobody answers', async () => {
    const { runId } = await insertRun(store.db, await insertChat(store.db), { status: 'pending' });
    for (let hour = 0; hour < 3; hour++) {
      expect(await ringForWaitingRuns(store.db, 0)).toBe(hour === 0 ? 1 : 0);
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
    // One run, whatever it has written.
    await store.db.pool.query(
      `INSERT INTO run_chunk (run_id, from_seq, to_seq, epoch, workspace_id, body)
       SELECT run_id, from_seq + 1, to_seq + 1, epoch, workspace_id, body FROM run_chunk WHERE run_id = $1`,
      [runId],
    );
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
