import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expireDead } from '#server/testing/expire-dead';
import { eventually } from '#server/testing/eventually';
import { insertChat, insertRun } from '#server/testing/run-factories';
import { silentLog, useRunDatabase } from '#server/testing/run-database';
import { startTcpProxy } from '#server/testing/tcp-proxy';
import { startLiveness } from './liveness.ts';

const store = useRunDatabase();

async function startAlive(connectionString: string) {
  const workerId = uuidv7();
  const liveness = await startLiveness(store.db, {
    workerId,
    connectionString,
    capacity: 1,
    version: 'test',
    onStopHint: () => undefined,
    log: silentLog,
    heartbeatMs: 300,
  });
  onTestFinished(() => liveness.close());
  return { ...liveness, workerId };
}

const workerRow = (id: string) => store.db.prisma.worker.findUnique({ where: { id } });

const cutSessions = () =>
  store.db.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'holdfast worker'`,
  );

async function lockMovesFrom(workerId: string, lockKey: number) {
  await eventually('the worker to hold a new lock', async () => (await workerRow(workerId))?.lockKey !== lockKey);
  const { runId } = await insertRun(store.db, await insertChat(store.db), { status: 'running', workerId });
  await expireDead(store.db);
  expect(await store.db.prisma.run.findUnique({ where: { id: runId } })).toMatchObject({ interruptedAt: null });
}

describe('startLiveness', () => {
  it('is back under a new lock when its session is cut', async () => {
    const { workerId } = await startAlive(store.url);
    const { lockKey } = (await workerRow(workerId))!;
    await cutSessions();
    await lockMovesFrom(workerId, lockKey);
  });

  it('is back under a new lock when its session has died without a word', async () => {
    const proxy = await startTcpProxy(store.url);
    const { workerId } = await startAlive(proxy.url);
    const { lockKey } = (await workerRow(workerId))!;
    proxy.silence();
    await cutSessions();
    await lockMovesFrom(workerId, lockKey);
  });

  it('registers again when it slept so long that its row was swept away', async () => {
    const { workerId } = await startAlive(store.url);
    await store.db.prisma.worker.delete({ where: { id: workerId } });
    await eventually('the worker to register again', () => workerRow(workerId));
  });
});
