import { describe, expect, it } from 'vitest';
import { insertChat, insertRun, insertWorker } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { appendChunks } from './append.ts';
import { claimRun } from './claim.ts';
import type { Lease } from './lease.ts';
import { readRunRecord } from './run-record.ts';
import { settleLostRun, settleOwnedRun } from './settle.ts';
import { beginStep, expireRun, releaseRun, uncountAttempt } from './transitions.ts';

const store = useRunDatabase();

async function insertPending() {
  const chat = await insertChat(store.db);
  return { chat, ...(await insertRun(store.db, chat, { status: 'pending' })) };
}
const claim = async (runId: string, belowAttempt?: number) => {
  const workerId = await insertWorker(store.db);
  const over = belowAttempt === undefined ? {} : { belowAttempt };
  return claimRun(store.db, { runId, workerId, leaseSeconds: 15, ...over });
};
const rowOf = (id: string) => store.db.prisma.run.findUniqueOrThrow({ where: { id } });
const endsOf = async (runId: string) =>
  (await readRunRecord(store.db, runId)).attempts.map(({ epoch, endReason }) => [epoch, endReason]);
const expireLease = (runId: string) =>
  store.db.pool.query(`UPDATE run SET lease_expires_at = now() - interval '1 second' WHERE id = $1`, [runId]);
const append = (lease: Lease) =>
  appendChunks(store.db, [{ lease, fromSeq: 1, toSeq: 1, body: '[{"type":"start"}]', step: null, call: null }], 15);

describe('the record of attempts', () => {
  it('has a line for each owner, with the reason of its end', async () => {
    const { runId } = await insertPending();
    const first = await claim(runId);
    await expireRun(store.db, { runId, epoch: 1, reason: 'worker_died' });
    const second = await claim(runId);
    await releaseRun(store.db, second!.lease, 'released');
    await claim(runId);
    await expireLease(runId);
    const fourth = await claim(runId);
    await settleOwnedRun(store.db, fourth!.lease, { outcome: { kind: 'aborted' }, lastSeq: 0 });
    expect(await endsOf(runId)).toEqual([
      [1, 'worker_died'],
      [2, 'released'],
      [3, 'lease_expired'],
      [4, 'settled'],
    ]);
    expect(first?.longestAttemptSeconds).toBe(0);
  });

  it('keeps the reason for which the last owner was lost when a sweeper settles', async () => {
    const { runId, chat } = await insertPending();
    await claim(runId);
    await expireRun(store.db, { runId, epoch: 1, reason: 'worker_died' });
    await settleLostRun(store.db, { runId, chatId: chat.chatId, epoch: 1 }, { kind: 'aborted' });
    expect(await endsOf(runId)).toEqual([[1, 'worker_died']]);
  });

  it('says settled of an owner that was taken for dead and came to the end all the same', async () => {
    const { runId } = await insertPending();
    const owner = await claim(runId);
    await expireRun(store.db, { runId, epoch: 1, reason: 'worker_died' });
    await append(owner!.lease);
    await settleOwnedRun(store.db, owner!.lease, { outcome: { kind: 'succeeded' }, lastSeq: 1 });
    expect(await endsOf(runId)).toEqual([[1, 'settled']]);
  });
});

describe('counting attempts', () => {
  it('counts claims, and not those that were given back or cut off from the database', async () => {
    const { runId } = await insertPending();
    for (const reason of ['released', 'cut_off'] as const) {
      const claimed = await claim(runId);
      expect(claimed?.run.attempt).toBe(1);
      await releaseRun(store.db, claimed!.lease, reason);
    }
    await claim(runId);
    await expireLease(runId);
    expect((await claim(runId))?.run.attempt).toBe(2);
  });

  it('calls a run that was given back claimable, not interrupted', async () => {
    const { runId } = await insertPending();
    const claimed = await claim(runId);
    await releaseRun(store.db, claimed!.lease, 'released');
    expect(await expireRun(store.db, { runId, epoch: 1, reason: 'lease_expired' })).toBe(false);
    expect((await rowOf(runId)).interruptedAt).toBeNull();
  });

  it('takes nothing more from an owner that has given the run back, however late it arrives', async () => {
    const { runId } = await insertPending();
    const { lease } = (await claim(runId))!;
    await releaseRun(store.db, lease, 'released');
    expect(await append(lease)).toEqual([{ kind: 'fenced' }]);
    expect(await beginStep(store.db, lease, 15)).toBe('fenced');
    expect((await claim(runId))?.run).toMatchObject({ epoch: 2, last_seq: 0 });
  });

  it('leaves a run alone whose last attempt it would be, when asked to', async () => {
    const { runId } = await insertPending();
    await claim(runId);
    await expireLease(runId);
    expect(await claim(runId, 2)).toBeNull();
    expect((await claim(runId, 3))?.run.attempt).toBe(2);
  });

  it('tells how long the attempts lived that were lost since the last progress', async () => {
    const { runId } = await insertPending();
    await claim(runId);
    await store.db.pool.query(`UPDATE run_attempt SET started_at = now() - interval '7 seconds' WHERE run_id = $1`, [runId]);
    await expireRun(store.db, { runId, epoch: 1, reason: 'worker_died' });
    expect(Math.round((await claim(runId))!.longestAttemptSeconds)).toBe(7);
  });

  it('takes an attempt back that went further than those before, from its owner only', async () => {
    const { runId } = await insertPending();
    await claim(runId);
    await expireLease(runId);
    const second = await claim(runId);
    expect(await uncountAttempt(store.db, { ...second!.lease, epoch: 1 })).toBe(false);
    expect(await uncountAttempt(store.db, second!.lease)).toBe(true);
    expect((await rowOf(runId)).attempt).toBe(1);
  });
});
