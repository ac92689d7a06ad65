import { describe, expect, it } from 'vitest';
import type { Chunk } from '#domain/message-view';
import { runCommands, runStatuses, runTransitions, type RunCommand, type RunStatus } from '#domain/run-status';
import { insertChat, insertRun, insertWorker } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { appendChunks } from './append.ts';
import { claimRun } from './claim.ts';
import { settleOwnedRun } from './settle.ts';
import { beginStep, expireRun, releaseRun, requestStop } from './transitions.ts';

const store = useRunDatabase();

async function insert(status: RunStatus, leaseSeconds = 15) {
  const chat = await insertChat(store.db);
  return { chat, ...(await insertRun(store.db, chat, { status, leaseSeconds })) };
}

const rowOf = (id: string) => store.db.prisma.run.findUniqueOrThrow({ where: { id } });
const chunk = JSON.stringify([{ type: 'start' }]);

/** The command's function, given every right that it may ask for. */
async function issue(command: RunCommand, { runId, lease }: Awaited<ReturnType<typeof insert>>) {
  const { db } = store;
  const settle = (outcome: Parameters<typeof settleOwnedRun>[2]['outcome']) =>
    settleOwnedRun(db, lease, { outcome, lastSeq: 0 });
  switch (command) {
    case 'claim':
      return claimRun(db, { runId, workerId: await insertWorker(db), leaseSeconds: 15 });
    case 'append':
      return appendChunks(db, [{ lease, fromSeq: 1, toSeq: 1, body: chunk, step: null, call: null }], 15);
    case 'requestStop':
      return requestStop(db, { runId, userId: null });
    case 'release':
      return releaseRun(db, lease, 'released');
    case 'expire':
      return expireRun(db, { runId, epoch: 1, reason: 'worker_died' });
    case 'settleSucceeded':
      return settle({ kind: 'succeeded' });
    case 'settleFailed':
      return settle({ kind: 'failed', code: 'INTERNAL', detail: '' });
    case 'settleAborted':
      return settle({ kind: 'aborted' });
  }
}

describe('the statements and the table of transitions', () => {
  const pairs = runStatuses.flatMap((status) => runCommands.map((command) => [command, status] as const));

  it.each(pairs)('%s of a run that is %s does what the table says', async (command, status) => {
    const target = await insert(status, command === 'claim' ? -1 : 15);
    const before = await rowOf(target.runId);
    await issue(command, target);
    const after = await rowOf(target.runId);
    const expected = runTransitions[status][command];
    expect(after.status).toBe(expected ?? status);
    if (expected === undefined) expect(after).toEqual(before);
    else expect(after).not.toEqual(before);
  });
});

describe('claimRun', () => {
  it('leaves a run whose lease is alive', async () => {
    const { runId } = await insert('running');
    expect(await claimRun(store.db, { runId, workerId: await insertWorker(store.db), leaseSeconds: 15 })).toBeNull();
  });

  it('leaves a run that was asked to stop', async () => {
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'running', leaseSeconds: -1, stopRequested: true });
    expect(await claimRun(store.db, { runId, workerId: await insertWorker(store.db), leaseSeconds: 15 })).toBeNull();
  });

  it('gives one lease to fifty claims at the same instant', async () => {
    const { runId } = await insert('running', -1);
    const workerId = await insertWorker(store.db);
    const claims = await Promise.all(
      Array.from({ length: 50 }, () => claimRun(store.db, { runId, workerId, leaseSeconds: 15 })),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    expect((await rowOf(runId)).epoch).toBe(2);
  });

  it('loses to a stop or wins against it, and never both, at the same instant', async () => {
    for (let i = 0; i < 20; i++) {
      const { runId } = await insert('pending');
      const workerId = await insertWorker(store.db);
      const [claim] = await Promise.all([
        claimRun(store.db, { runId, workerId, leaseSeconds: 15 }),
        requestStop(store.db, { runId, userId: null }),
      ]);
      const row = await rowOf(runId);
      expect(row.stopRequestedAt).not.toBeNull();
      expect(row.status).toBe(claim ? 'running' : 'aborted');
    }
  });
});

describe('beginStep', () => {
  it('is refused after a stop request', async () => {
    const { runId, lease } = await insert('running');
    expect(await beginStep(store.db, lease, 15)).toBe('begun');
    await requestStop(store.db, { runId, userId: null });
    expect(await beginStep(store.db, lease, 15)).toBe('stopped');
  });

  it('is refused to an owner that has been replaced', async () => {
    const { runId, lease } = await insert('running', -1);
    await claimRun(store.db, { runId, workerId: await insertWorker(store.db), leaseSeconds: 15 });
    expect(await beginStep(store.db, lease, 15)).toBe('fenced');
  });
});

describe('settleOwnedRun', () => {
  it('is refused to an owner that has been replaced, and writes nothing', async () => {
    const { runId, lease } = await insert('running', -1);
    await claimRun(store.db, { runId, workerId: await insertWorker(store.db), leaseSeconds: 15 });
    const before = await rowOf(runId);
    expect(await settleOwnedRun(store.db, lease, { outcome: { kind: 'succeeded' }, lastSeq: 0 })).toBe('refused');
    expect(await rowOf(runId)).toEqual(before);
  });

  it('lets a journalled end beat a later stop', async () => {
    const chat = await insertChat(store.db);
    const chunks: Chunk[] = [{ type: 'start' }, { type: 'finish' }];
    const { runId, lease } = await insertRun(store.db, chat, { status: 'running', chunks });
    await requestStop(store.db, { runId, userId: null });
    await settleOwnedRun(store.db, lease, { outcome: { kind: 'aborted' }, lastSeq: 2 });
    expect((await rowOf(runId)).status).toBe('succeeded');
  });
});
