import { describe, expect, it } from 'vitest';
import { insertChat, insertRun } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { beginTool, recordToolOutcome, type ToolPlace } from './tool-call.ts';

const store = useRunDatabase();

const place = (over: Partial<ToolPlace> = {}): ToolPlace => ({
  toolCallId: 'mail-1',
  toolName: 'mail',
  idempotent: false,
  ordinal: 1,
  startId: crypto.randomUUID(),
  leaseSeconds: 15,
  ...over,
});
const insertOwned = async () => (await insertRun(store.db, await insertChat(store.db), { status: 'running' })).lease;
const callsOf = (runId: string) => store.db.prisma.runToolCall.findMany({ where: { runId } });

describe('beginTool', () => {
  it('says begun again to the starter whose answer was lost, and unknown to anybody else', async () => {
    const lease = await insertOwned();
    const mine = place();
    expect(await beginTool(store.db, lease, mine)).toEqual({ kind: 'begun', stepNumber: 1 });
    expect(await beginTool(store.db, lease, mine)).toEqual({ kind: 'begun', stepNumber: 1 });
    expect(await beginTool(store.db, lease, place())).toEqual({ kind: 'unknown' });
    expect(await callsOf(lease.runId)).toMatchObject([{ starts: 1 }]);
  });

  it('renews the lease, and so does the record of the answer', async () => {
    const lease = await insertOwned();
    const mine = place({ leaseSeconds: 100 });
    const secondsLeft = async () => {
      const { rows } = await store.db.pool.query<{ left: number }>(
        'SELECT extract(epoch FROM lease_expires_at - now())::float8 AS left FROM run WHERE id = $1',
        [lease.runId],
      );
      return rows[0]!.left;
    };
    await beginTool(store.db, lease, mine);
    expect(await secondsLeft()).toBeGreaterThan(50);
    await recordToolOutcome(store.db, lease, { ...mine, leaseSeconds: 1_000, outcome: { kind: 'unknown' } });
    expect(await secondsLeft()).toBeGreaterThan(500);
  });

  it('starts an idempotent tool again, and then takes the answer of the new start only', async () => {
    const lease = await insertOwned();
    const [one, two] = [place({ idempotent: true }), place({ idempotent: true })];
    await beginTool(store.db, lease, one);
    expect(await beginTool(store.db, lease, two)).toMatchObject({ kind: 'begun' });
    const answer = { ordinal: 1, leaseSeconds: 15, outcome: { kind: 'result' as const, output: 1 } };
    expect(await recordToolOutcome(store.db, lease, { ...answer, startId: one.startId })).toBe(false);
    expect(await recordToolOutcome(store.db, lease, { ...answer, startId: two.startId })).toBe(true);
    expect(await beginTool(store.db, lease, one)).toEqual({ kind: 'answered', outcome: answer.outcome });
    expect(await callsOf(lease.runId)).toMatchObject([{ starts: 2 }]);
  });

  it('begins one of fifty that start the same tool at once', async () => {
    const lease = await insertOwned();
    const answers = await Promise.allSettled(Array.from({ length: 50 }, () => beginTool(store.db, lease, place())));
    const kinds = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.kind : 'again'));
    expect(kinds.filter((kind) => kind === 'begun')).toHaveLength(1);
    expect(await callsOf(lease.runId)).toMatchObject([{ starts: 1 }]);
  });

  it('is stopped by a stop request and fenced for a replaced owner', async () => {
    const lease = await insertOwned();
    await store.db.pool.query('UPDATE run SET stop_requested_at = now() WHERE id = $1', [lease.runId]);
    expect(await beginTool(store.db, lease, place())).toEqual({ kind: 'stopped' });
    await store.db.pool.query('UPDATE run SET epoch = epoch + 1 WHERE id = $1', [lease.runId]);
    expect(await beginTool(store.db, lease, place())).toEqual({ kind: 'fenced' });
    expect(await callsOf(lease.runId)).toEqual([]);
  });

  it('cannot start twice what is not idempotent, whatever a statement says', async () => {
    const lease = await insertOwned();
    await beginTool(store.db, lease, place());
    const again = store.db.pool.query('UPDATE run_tool_call SET starts = 2 WHERE run_id = $1', [lease.runId]);
    await expect(again).rejects.toMatchObject({ constraint: 'run_tool_call_starts_once' });
  });
});
