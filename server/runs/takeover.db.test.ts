import { describe, expect, it, onTestFinished } from 'vitest';
import { expireDead } from '#server/testing/expire-dead';
import { eventually } from '#server/testing/eventually';
import { foldHeard, recordFollower } from '#server/testing/follower';
import { insertChat, insertRun, insertWorker, type TestChat } from '#server/testing/run-factories';
import { openRunDatabase, silentLog, useRunDatabase } from '#server/testing/run-database';
import { startTestWorker } from '#server/testing/test-worker';
import { ringDoorbell } from './doorbell.ts';
import { startRun } from './enqueue.ts';
import { createHub } from './hub.ts';
import { armRacePoint } from './race-points.ts';
import { findMessage, findRun } from './reads.ts';
import { rescueExpiredRuns } from './sweeps.ts';
import { requestStop } from './transitions.ts';

const store = useRunDatabase();

const ask = (chat: TestChat) =>
  startRun(store.db, { ...chat, model: 'demo:demo', message: { parts: [{ type: 'text', text: 'hello' }] } });
const settled = (runId: string, workspaceId: string) =>
  eventually('the run to settle', async () => {
    const run = await findRun(store.db, { runId, workspaceId });
    return run?.finishedAt ? run : null;
  });
const rowOf = (id: string) => store.db.prisma.run.findUniqueOrThrow({ where: { id } });

/** What a sweeper does about a worker that is gone. */
async function rescue() {
  await expireDead(store.db);
  await rescueExpiredRuns(store.db, 3, 0);
}

/** As if the owner were frozen past its lease. Its renewals go on here, so one may come between: then once more. */
const takeFromOwner = (runId: string) =>
  eventually('the run to be taken from its owner', async () => {
    await store.db.pool.query(
      `UPDATE run SET lease_expires_at = now() - interval '1 second' WHERE id = $1 AND epoch = 1`,
      [runId],
    );
    await rescue();
    return (await rowOf(runId)).epoch > 1;
  });

describe('takeover', () => {
  it('goes on from the last completed step; the half-written one is wiped and written again', async () => {
    const first = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const hub = createHub(store.db, { connectionString: store.url, log: silentLog });
    onTestFinished(() => hub.close());
    const follower = recordFollower(store.db, hub, chat);
    const { run, assistantMessageId } = await ask(chat);
    const turn = await first.agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    await turn.beginStep();
    turn.sayText('step one');
    const answered = [
      { role: 'assistant' as const, content: 'step one' },
      { role: 'tool' as const, content: [] },
    ];
    turn.endStep({ finishReason: 'tool-calls', responseMessages: answered });
    await turn.beginStep();
    turn.say({ type: 'text-start', id: 'x' }, { type: 'text-delta', id: 'x', delta: 'half of step two' });
    await follower.until((event) => event.type === 'chunks' && JSON.stringify(event.chunks).includes('half of'));
    const lost = new Promise((resolve) => turn.input.abortSignal.addEventListener('abort', resolve));

    const second = await startTestWorker(store.url);
    await first.db.boss.offWork('run');
    await takeFromOwner(run.id);
    const again = await second.agent.nextTurn(run.id);
    await lost;
    expect(again.input.completedSteps.map((step) => step.responseMessages)).toEqual([answered]);
    await again.beginStep();
    again.sayText('whole step two');
    again.endStep();
    again.say({ type: 'finish' });
    again.end();

    expect(await settled(run.id, chat.workspaceId)).toMatchObject({ status: 'succeeded', epoch: 2, stepCount: 2 });
    const message = await findMessage(store.db, chat.chatId, assistantMessageId);
    const texts = message!.parts.map((part) => (part.type === 'text' ? part.text : part.type));
    expect(texts).toEqual(['step-start', 'step one', 'step-start', 'whole step two']);
    await follower.until((event) => event.type === 'message' && event.message.metadata?.status === 'completed' && event.message.role === 'assistant');
    await follower.leave();
    expect(await foldHeard(follower.events, run.id)).toEqual(message!.parts);
    expect(JSON.stringify((await rowOf(run.id)).drafts)).toContain('half of step two');
    const epochs = await store.db.prisma.runChunk.findMany({ where: { runId: run.id }, orderBy: { fromSeq: 'asc' } });
    expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map(({ epoch }) => epoch).toSorted((a, b) => a - b));
  });

  it('settles a run whose journal holds its end without asking the model', async () => {
    const { agent } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, {
      status: 'running',
      leaseSeconds: -1,
      chunks: [{ type: 'start' }, { type: 'start-step' }, { type: 'finish-step' }, { type: 'finish' }],
    });
    let asked = false;
    void agent.nextTurn(runId).then(() => (asked = true));
    await rescue();
    expect(await settled(runId, chat.workspaceId)).toMatchObject({ status: 'succeeded', epoch: 2 });
    expect(asked).toBe(false);
  });

  it('does not take up a run whose attempts are spent, whoever rings', async () => {
    const { db } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'running', leaseSeconds: -1, attempt: 3 });
    await ringDoorbell(db, { runId, priority: 0 });
    await eventually('the doorbell to be answered', async () => {
      const answered = `SELECT FROM pgboss.job WHERE data ->> 'runId' = $1 AND state = 'completed'`;
      return (await store.db.pool.query(answered, [runId])).rowCount === 1;
    });
    expect(await rowOf(runId)).toMatchObject({ status: 'running', epoch: 1, attempt: 3 });
    await rescue();
    expect(await settled(runId, chat.workspaceId)).toMatchObject({ status: 'failed', error: { code: 'WORKER_LOST' } });
  });

  it('fails with WORKER_LOST and keeps the partial text when attempts are spent', async () => {
    const chat = await insertChat(store.db);
    const { runId, assistantMessageId } = await insertRun(store.db, chat, {
      status: 'running',
      leaseSeconds: -1,
      attempt: 3,
      chunks: [{ type: 'start' }, { type: 'start-step' }, { type: 'text-start', id: 'a' }, { type: 'text-delta', id: 'a', delta: 'kept' }],
    });
    await rescue();
    expect(await settled(runId, chat.workspaceId)).toMatchObject({ status: 'failed', error: { code: 'WORKER_LOST' } });
    const message = await findMessage(store.db, chat.chatId, assistantMessageId);
    expect(message).toMatchObject({ metadata: { status: 'failed' } });
    expect(message?.parts.at(-1)).toMatchObject({ type: 'text', text: 'kept', state: 'done' });
  });

  it('aborts, and never resumes, a run that was asked to stop while its owner was dead', async () => {
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'running', leaseSeconds: 60, workerId: await insertWorker(store.db) });
    await requestStop(store.db, { runId, userId: null });
    await rescue();
    expect(await settled(runId, chat.workspaceId)).toMatchObject({ status: 'aborted' });
    expect((await rowOf(runId)).epoch).toBe(2);
  });

  it('happens once per expiry, however many sweepers there are', async () => {
    const chat = await insertChat(store.db);
    const { agent } = await startTestWorker(store.url);
    const { runId } = await insertRun(store.db, chat, { status: 'running', leaseSeconds: 60, workerId: await insertWorker(store.db) });
    const others = await Promise.all([1, 2, 3].map(() => openRunDatabase(store.url)));
    await Promise.all(others.map((db) => expireDead(db)));
    await Promise.all(others.map((db) => rescueExpiredRuns(db, 3, 0)));
    await rescue();
    const turn = await agent.nextTurn(runId);
    await turn.answer('done');
    expect(await settled(runId, chat.workspaceId)).toMatchObject({ status: 'succeeded', epoch: 2 });
    await Promise.all(others.map((db) => db.close()));
  });

  it('may go to the process that lost the run: only the new lease writes, and the old work is over', async () => {
    const { agent, worker } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const { run, assistantMessageId } = await ask(chat);
    const turn = await agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    await turn.beginStep();
    await takeFromOwner(run.id);
    const again = await agent.nextTurn(run.id);
    expect(turn.input.abortSignal.aborted).toBe(true);
    await again.answer('after it');
    expect(await settled(run.id, chat.workspaceId)).toMatchObject({ status: 'succeeded', epoch: 2 });
    const message = await findMessage(store.db, chat.chatId, assistantMessageId);
    expect(message?.parts).toMatchObject([{ type: 'step-start' }, { type: 'text', text: 'after it' }]);
    await eventually('the worker to hold nothing', async () => worker.heldRunIds().length === 0);
  });

  it('counts no attempt when the database was away for longer than the lease', async () => {
    const { agent } = await startTestWorker(store.url, { leaseSeconds: 1 });
    const chat = await insertChat(store.db);
    const { run } = await ask(chat);
    const turn = await agent.nextTurn(run.id);
    const disarm = armRacePoint('before-flush', () => {
      throw new Error('cut off from the database');
    });
    onTestFinished(disarm);
    turn.say({ type: 'start' });
    const again = await agent.nextTurn(run.id);
    disarm();
    expect(await rowOf(run.id)).toMatchObject({ epoch: 2, attempt: 1, interruptedAt: null });
    await again.answer('to the end');
    expect(await settled(run.id, chat.workspaceId)).toMatchObject({ status: 'succeeded' });
  });

  it('leaves the runs of a worker whose session stands', async () => {
    const { agent } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const { run } = await ask(chat);
    const turn = await agent.nextTurn(run.id);
    await rescue();
    expect(await rowOf(run.id)).toMatchObject({ status: 'running', epoch: 1, interruptedAt: null });
    await turn.answer('undisturbed');
    await settled(run.id, chat.workspaceId);
  });
});

describe('drain', () => {
  it('gives a run back unfinished, and another worker goes on at once without counting an attempt', async () => {
    const first = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const { run } = await ask(chat);
    const turn = await first.agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    await turn.beginStep();
    turn.sayText('some words');
    const second = await startTestWorker(store.url);
    await first.worker.drain(0);
    const again = await second.agent.nextTurn(run.id);
    expect(await rowOf(run.id)).toMatchObject({ epoch: 2, attempt: 1, interruptedAt: null, stopRequestedAt: null });
    await again.answer('and to the end');
    expect(await settled(run.id, chat.workspaceId)).toMatchObject({ status: 'succeeded' });
  });

  it('gives back a run whose claim was under way, and waits for that', async () => {
    const { worker } = await startTestWorker(store.url);
    const claimed = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const disarm = armRacePoint('after-claim', () => {
      claimed.resolve();
      return gate.promise;
    });
    const chat = await insertChat(store.db);
    const { run } = await ask(chat);
    await claimed.promise;
    disarm();
    const drained = worker.drain(0);
    await eventually('the drain to be announced', async () =>
      store.db.prisma.worker.findFirst({ where: { id: worker.id, draining: true } }),
    );
    gate.resolve();
    await drained;
    expect(await rowOf(run.id)).toMatchObject({ status: 'running', epoch: 1, attempt: 0 });
    expect(worker.heldRunIds()).toEqual([]);
  });
});
