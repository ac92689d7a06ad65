import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runDoorbellQueue } from '#server/runs/doorbell';
import { checkInvariants, type CheckOptions } from '../invariants.ts';
import { insertChat, insertRun, insertWorker, type RunState, type TestChat } from '../run-factories.ts';
import { useRunDatabase } from '../run-database.ts';
import { ask, playChat } from './played-chat.ts';
import type { Invariant } from './violation.ts';

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000);

describe('what is planted at the gate', () => {
  const store = useRunDatabase();
  const gate = (options: CheckOptions = {}) => checkInvariants(store.db.pool, options);

  /** The index as it should be, when the test is over. */
  function restoreAfterwards() {
    onTestFinished(async () => {
      await store.db.pool.query('TRUNCATE run CASCADE; TRUNCATE message CASCADE; DROP INDEX IF EXISTS run_one_active_per_chat');
      await store.db.pool.query(
        `CREATE UNIQUE INDEX run_one_active_per_chat ON run (chat_id) WHERE status IN ('pending', 'running')`,
      );
    });
  }

  it('I1: finds that the index is gone, and two active runs', async () => {
    const chat = await insertChat(store.db);
    expect(await gate()).toEqual([]);
    restoreAfterwards();
    await store.db.pool.query('DROP INDEX run_one_active_per_chat');
    expect(await gate()).toMatchObject([{ invariant: 'I1', what: 'the index run_one_active_per_chat is gone' }]);
    await ask(store, chat);
    await ask(store, chat);
    const found = await gate();
    expect(found).toContainEqual(
      expect.objectContaining({ invariant: 'I1', chatId: chat.chatId, what: expect.stringContaining('2 runs are active') }),
    );
  });

  it('I1: finds an index that is not valid', async () => {
    restoreAfterwards();
    const superuser = new pg.Client({ connectionString: store.url });
    await superuser.connect();
    await superuser.query(`UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'run_one_active_per_chat'::regclass`);
    await superuser.end();
    expect(await gate()).toMatchObject([{ invariant: 'I1', what: expect.stringContaining('not unique and valid') }]);
  });

  it.each(['ON run (chat_id, id)', `ON run (chat_id) WHERE status = 'running'`])('I1: finds an index %s', async (target) => {
    restoreAfterwards();
    await store.db.pool.query(`DROP INDEX run_one_active_per_chat; CREATE UNIQUE INDEX run_one_active_per_chat ${target}`);
    expect(await gate()).toMatchObject([{ invariant: 'I1', what: expect.stringContaining('covers something else') }]);
  });
});

describe('what is planted to be stuck', () => {
  const store = useRunDatabase();

  const stuck = async (chat: TestChat, now?: Date) => {
    const found = await checkInvariants(store.db.pool, { chatIds: [chat.chatId], ...(now && { now }) });
    return found.filter(({ invariant }: { invariant: Invariant }) => invariant === 'I10');
  };
  const insert = async (state: RunState) => {
    const chat = await insertChat(store.db);
    return { chat, ...(await insertRun(store.db, chat, state)) };
  };

  it('I10: finds a message that is queued behind no run', async () => {
    const { chat } = await insert({ status: 'succeeded' });
    await store.db.pool.query(
      `INSERT INTO message (id, chat_id, workspace_id, role, status, parts, revision, queue_position, queued_run)
       VALUES (gen_random_uuid(), $1, $2, 'user', 'queued', '[]', 1, 1, '{}')`,
      [chat.chatId, chat.workspaceId],
    );
    expect(await stuck(chat)).toMatchObject([{ what: expect.stringContaining('is queued behind no run') }]);
  });

  it('I10: finds a run that nobody owns and nobody rings for, once others have had their time', async () => {
    const { chat, runId } = await insert({ status: 'running', leaseSeconds: 10 });
    expect(await stuck(chat)).toEqual([]);
    expect(await stuck(chat, inSeconds(24))).toEqual([]);
    const found = await stuck(chat, inSeconds(60));
    expect(found).toMatchObject([{ runId, what: expect.stringMatching(/its lease ended \d+ s ago, and no doorbell waits/) }]);
  });

  it('I10: finds a run that waits and is not rung for; one whose doorbell waits is not stuck', async () => {
    const { chat, runId } = await insert({ status: 'pending' });
    expect(await stuck(chat)).toEqual([]);
    const found = await stuck(chat, inSeconds(60));
    expect(found).toMatchObject([{ runId, what: expect.stringContaining('to be claimed, and no doorbell waits') }]);
    await store.db.boss.send(runDoorbellQueue.name, { runId });
    expect(await stuck(chat, inSeconds(3_600))).toEqual([]);
  });

  it('I10: leaves a run that is rung for and put off, as long as that may take', async () => {
    const { chat, runId } = await insert({ status: 'running', leaseSeconds: -30 });
    await store.db.boss.send(runDoorbellQueue.name, { runId });
    await store.db.pool.query(
      `UPDATE pgboss.job SET state = 'completed', created_on = now() + interval '30 seconds' WHERE data ->> 'runId' = $1`,
      [runId],
    );
    expect(await stuck(chat, inSeconds(40))).toEqual([]);
    expect(await stuck(chat, inSeconds(120))).toMatchObject([{ runId }]);
  });

  it('I10: finds, beside what was asked for, what the alarm counts', async () => {
    const { runId } = await insert({ status: 'pending', ageSeconds: 60 });
    await store.db.boss.send(runDoorbellQueue.name, { runId });
    const never = 1_000_000;
    const patience = { unrungSeconds: never, unclaimedSeconds: 0.001, unwrittenSeconds: never };
    const found = async () => (await checkInvariants(store.db.pool, { patience })).filter((one) => one.runId === runId);
    await store.db.pool.query('UPDATE worker SET draining = true');
    expect(await found()).toEqual([]);
    // One for each run that other tests have left, and one more.
    for (let i = 0; i < 6; i++) await insertWorker(store.db);
    expect(await found()).toMatchObject([{ invariant: 'I10', what: 'nobody takes it although a worker has room' }]);
  });

  it('I10: finds a lease that is longer than any', async () => {
    const { chat, runId } = await insert({ status: 'running', leaseSeconds: 900 });
    expect(await stuck(chat)).toMatchObject([{ runId, what: expect.stringContaining('longer than any') }]);
  });

  it('I10: finds an answer that nobody writes', async () => {
    const chat = await playChat(store);
    expect(await stuck(chat)).toEqual([]);
    await store.db.pool.query(`UPDATE message SET status = 'streaming' WHERE chat_id = $1 AND id = $2`, [chat.chatId, chat.answerId]);
    expect(await stuck(chat)).toMatchObject([{ what: expect.stringContaining(`the answer ${chat.answerId} is streaming`) }]);
  });
});
