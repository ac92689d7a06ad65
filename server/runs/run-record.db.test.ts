import { describe, expect, it } from 'vitest';
import { insertChat, insertRun, insertWorker } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { appendChunks } from './append.ts';
import { claimRun } from './claim.ts';
import { findRun } from './reads.ts';
import { readRunRecord } from './run-record.ts';
import { settleOwnedRun } from './settle.ts';
import { requestStop } from './transitions.ts';

const store = useRunDatabase();

async function beginRun() {
  const chat = await insertChat(store.db);
  const { runId } = await insertRun(store.db, chat, { status: 'pending' });
  const owner = await claimRun(store.db, { runId, workerId: await insertWorker(store.db), leaseSeconds: 15 });
  const append = (fromSeq: number, chunks: object[]) => {
    const body = JSON.stringify(chunks);
    const entry = { lease: owner!.lease, fromSeq, toSeq: fromSeq + chunks.length - 1, body, step: null, call: null };
    return appendChunks(store.db, [entry], 15);
  };
  return { chat, runId, lease: owner!.lease, append };
}

const words = [
  { type: 'text-start', id: 't' },
  { type: 'text-delta', id: 't', delta: 'Well' },
];

describe('readRunRecord', () => {
  it('tells when the first word was written, while the run goes on, and after its journal is gone', async () => {
    const { runId, lease, append } = await beginRun();
    await append(1, [{ type: 'start' }, { type: 'start-step' }]);
    expect((await readRunRecord(store.db, runId)).firstWordAt).toBeNull();
    await append(3, words);
    const during = (await readRunRecord(store.db, runId)).firstWordAt;
    expect(during).not.toBeNull();
    await settleOwnedRun(store.db, lease, { outcome: { kind: 'aborted' }, lastSeq: 4 });
    await store.db.pool.query('DELETE FROM run_chunk WHERE run_id = $1', [runId]);
    expect((await readRunRecord(store.db, runId)).firstWordAt).toBe(during);
  });

  it('tells of each tool when it was at work and what came of it', async () => {
    const { chat, runId } = await beginRun();
    await store.db.pool.query(
      `INSERT INTO run_tool_call (run_id, step_number, ordinal, workspace_id, epoch, tool_call_id, tool_name, idempotent,
                                  start_id, outcome, finished_at)
       VALUES ($1, 1, 2, $2, 1, 'c2', 'pay', false, gen_random_uuid(), NULL, NULL),
              ($1, 1, 1, $2, 1, 'c1', 'look_up', true, gen_random_uuid(), '{"kind":"result","output":1}', now())`,
      [runId, chat.workspaceId],
    );
    expect((await readRunRecord(store.db, runId)).tools).toMatchObject([
      { stepNumber: 1, ordinal: 1, toolName: 'look_up', starts: 1, outcome: 'result', finishedAt: expect.any(String) },
      { stepNumber: 1, ordinal: 2, toolName: 'pay', outcome: null, finishedAt: null },
    ]);
  });
});

describe('a run that was stopped', () => {
  it('tells who stopped it, at once and when it is read, and nobody where the sweep did', async () => {
    const { chat, runId } = await beginRun();
    const key = { workspaceId: chat.workspaceId, runId };
    expect((await findRun(store.db, key))?.stoppedBy).toBeNull();
    const { rows } = await store.db.pool.query<{ name: string }>('SELECT name FROM "user" WHERE id = $1', [chat.userId]);
    const stopper = { id: chat.userId, name: rows[0]!.name };
    expect((await requestStop(store.db, { runId, userId: chat.userId }))?.stoppedBy).toEqual(stopper);
    expect((await findRun(store.db, key))?.stoppedBy).toEqual(stopper);

    const other = await beginRun();
    expect((await requestStop(store.db, { runId: other.runId, userId: null }))?.stoppedBy).toBeNull();
  });
});
