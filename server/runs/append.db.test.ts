import { describe, expect, it } from 'vitest';
import { insertChat, insertRun, insertWorker } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { type AppendEntry, appendChunks } from './append.ts';
import { claimRun } from './claim.ts';
import type { Lease } from './lease.ts';
import { expireRun, requestStop } from './transitions.ts';

const store = useRunDatabase();

async function insertOwned(leaseSeconds = 15): Promise<Lease> {
  const chat = await insertChat(store.db);
  return (await insertRun(store.db, chat, { status: 'running', leaseSeconds })).lease;
}

const entry = (lease: Lease, over: Partial<AppendEntry> = {}): AppendEntry => ({
  lease,
  fromSeq: 1,
  toSeq: 2,
  body: JSON.stringify([{ type: 'start' }, { type: 'start-step' }]),
  step: null,
  call: null,
  ...over,
});
const append = (...entries: AppendEntry[]) => appendChunks(store.db, entries, 15);
const rowOf = (lease: Lease) => store.db.prisma.run.findUniqueOrThrow({ where: { id: lease.runId } });
const chunksOf = (lease: Lease) => store.db.prisma.runChunk.findMany({ where: { runId: lease.runId } });

describe('appendChunks', () => {
  it('journals, raises lastSeq and renews the lease in one statement', async () => {
    const lease = await insertOwned(1);
    const before = await rowOf(lease);
    expect(await append(entry(lease))).toEqual([{ kind: 'landed', stopRequested: false }]);
    const after = await rowOf(lease);
    expect(after.lastSeq).toBe(2);
    expect(after.leaseExpiresAt!.getTime()).toBeGreaterThan(before.leaseExpiresAt!.getTime());
    expect(await chunksOf(lease)).toMatchObject([{ fromSeq: 1, toSeq: 2, epoch: 1 }]);
  });

  it('says landed, and writes nothing, when the same entry comes again after a lost answer', async () => {
    const lease = await insertOwned();
    await append(entry(lease));
    expect(await append(entry(lease))).toMatchObject([{ kind: 'landed' }]);
    expect(await chunksOf(lease)).toHaveLength(1);
  });

  it('tells of a stop request', async () => {
    const lease = await insertOwned();
    await requestStop(store.db, { runId: lease.runId, userId: null });
    expect(await append(entry(lease))).toEqual([{ kind: 'landed', stopRequested: true }]);
  });

  it('fences an owner that has been replaced, one whose run is settled and one whose run is gone', async () => {
    const replaced = await insertOwned(-1);
    await claimRun(store.db, { runId: replaced.runId, workerId: await insertWorker(store.db), leaseSeconds: 15 });
    const gone = { ...(await insertOwned()), runId: crypto.randomUUID() } as Lease;
    expect(await append(entry(replaced), entry(gone))).toEqual([{ kind: 'fenced' }, { kind: 'fenced' }]);
    expect(await chunksOf(replaced)).toEqual([]);
  });

  it('keeps the leases of one run apart when a process writes under the old and the new one', async () => {
    const old = await insertOwned(-1);
    const claimed = await claimRun(store.db, { runId: old.runId, workerId: await insertWorker(store.db), leaseSeconds: 15 });
    const renewal = entry(claimed!.lease, { toSeq: 0, body: null });
    expect(await append(entry(old), renewal)).toMatchObject([{ kind: 'fenced' }, { kind: 'landed' }]);
    expect(await append(renewal, entry(old))).toMatchObject([{ kind: 'landed' }, { kind: 'fenced' }]);
    expect(await chunksOf(old)).toEqual([]);
  });

  it('says that a run goes on after all when its owner was taken for dead and writes', async () => {
    const lease = await insertOwned();
    await expireRun(store.db, { runId: lease.runId, epoch: 1, reason: 'worker_died' });
    await append(entry(lease));
    expect((await rowOf(lease)).resumedAt).not.toBeNull();
  });

  it('fences a gap', async () => {
    const lease = await insertOwned();
    expect(await append(entry(lease, { fromSeq: 2, toSeq: 3 }))).toEqual([{ kind: 'fenced' }]);
  });

  it('lands fifty runs while one row is locked and one is fenced', async () => {
    const leases = await Promise.all(Array.from({ length: 50 }, () => insertOwned()));
    const [locked, fenced] = leases as [Lease, Lease];
    const client = await store.db.pool.connect();
    await client.query('BEGIN');
    await client.query('SELECT FROM run WHERE id = $1 FOR UPDATE', [locked.runId]);
    const entries = leases.map((lease) => entry(lease === fenced ? ({ ...lease, epoch: 7 } as Lease) : lease));
    const outcomes = await append(...entries);
    await client.query('ROLLBACK');
    client.release();
    expect(outcomes.map(({ kind }) => kind)).toEqual(['busy', 'fenced', ...Array.from({ length: 48 }, () => 'landed')]);
    expect(await append(entry(locked))).toMatchObject([{ kind: 'landed' }]);
  });

  it('goes by keys, though the table was empty when it was planned', async () => {
    await append(entry(await insertOwned()));
    const nothing = `'{}', '{}', '{}', '{}', '{}', '{}', 15, '{}'`;
    const { rows } = await store.db.appendPool.query(`EXPLAIN (COSTS OFF) EXECUTE "append-chunks" (${nothing})`);
    const plan = rows.map((row) => Object.values(row as object).join()).join('\n');
    expect(plan).toContain('using run_pkey on run');
    expect(plan).not.toMatch(/Seq Scan|Bitmap|Hash Join|Merge Join/);
  });

  it('never deadlocks with itself, whatever the order of the entries', async () => {
    const leases = await Promise.all(Array.from({ length: 20 }, () => insertOwned()));
    const renewal = (lease: Lease) => entry(lease, { fromSeq: 1, toSeq: 0, body: null });
    const rounds = Array.from({ length: 40 }, (_, i) => append(...(i % 2 ? leases : leases.toReversed()).map(renewal)));
    const kinds = new Set((await Promise.all(rounds)).flat().map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(kinds.has('busy') ? ['landed', 'busy'] : ['landed']));
  });

  it('records a completed step together with the chunks that end it, and forgets the failures before it', async () => {
    const lease = await insertOwned();
    await store.db.prisma.run.update({ where: { id: lease.runId }, data: { attempt: 3 } });
    const step = { responseMessages: [{ role: 'assistant', content: 'x' }], finishReason: 'stop', usage: { inputTokens: 1 } };
    await append(entry(lease, { step }));
    expect(await rowOf(lease)).toMatchObject({ stepCount: 1, attempt: 1 });
    expect(await store.db.prisma.runStep.findMany({ where: { runId: lease.runId } })).toMatchObject([
      { stepNumber: 1, epoch: 1, lastSeq: 2, finishReason: 'stop', responseMessages: step.responseMessages },
    ]);
  });
});
