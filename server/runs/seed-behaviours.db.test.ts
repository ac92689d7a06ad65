/** The eleven behaviours that everything else stands on. */
import { describe, expect, it } from 'vitest';
import { expireDead } from '#server/testing/expire-dead';
import { eventually } from '#server/testing/eventually';
import { insertChat, insertRun, insertWorker, type TestChat } from '#server/testing/run-factories';
import { openRunDatabase, silentLog, useRunDatabase } from '#server/testing/run-database';
import { startTestWorker } from '#server/testing/test-worker';
import { claimRun } from './claim.ts';
import { startRun } from './enqueue.ts';
import { followChat } from './follow.ts';
import { createHub } from './hub.ts';
import { armRacePoint } from './race-points.ts';
import { findActiveRun, findLatestRun, findMessage, findRun } from './reads.ts';
import type { RunDatabase } from './run-database.ts';
import { settleOwnedRun } from './settle.ts';
import { rescueExpiredRuns, ringForWaitingRuns, settleAllRunsAsOnlyProcess } from './sweeps.ts';
import { requestStop } from './transitions.ts';

const store = useRunDatabase();

const ask = (chat: TestChat, text = 'hello', db: RunDatabase = store.db) =>
  startRun(db, { ...chat, model: 'demo:demo', message: { parts: [{ type: 'text', text }] } });

const settled = (runId: string, workspaceId: string) =>
  eventually('the run to settle', async () => {
    const run = await findRun(store.db, { runId, workspaceId });
    return run?.finishedAt ? run : null;
  });

describe('seed behaviours', () => {
  it('1: insert and find round-trip with the defaults; another workspace finds nothing', async () => {
    const chat = await insertChat(store.db);
    const { run } = await ask(chat);
    const found = await findRun(store.db, { workspaceId: chat.workspaceId, runId: run.id });
    expect(found).toMatchObject({ id: run.id, status: 'pending', trigger: 'user', stepCount: 0 });
    const stranger = await insertChat(store.db);
    expect(await findRun(store.db, { workspaceId: stranger.workspaceId, runId: run.id })).toBeNull();
  });

  it('2: a second active run on a chat is refused by the database itself, and a settled one frees the slot', async () => {
    const chat = await insertChat(store.db);
    const first = await ask(chat);
    const row = await store.db.prisma.run.findUniqueOrThrow({ where: { id: first.run.id } });
    const copy = { ...row, id: crypto.randomUUID(), config: {}, baseParts: [], drafts: [], toolsActed: [], usage: undefined };
    await expect(store.db.prisma.run.create({ data: copy })).rejects.toMatchObject({ code: 'P2002' });
    expect((await findActiveRun(store.db, chat.chatId))?.id).toBe(first.run.id);
    await requestStop(store.db, { runId: first.run.id, userId: chat.userId });
    const second = await ask(chat);
    expect(second.run.id).not.toBe(first.run.id);
    expect(second.run.status).toBe('pending');
  });

  it('3: detached: a run goes from start to end with no subscriber at all', async () => {
    const { agent } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const { run, assistantMessageId } = await ask(chat);
    const turn = await agent.nextTurn(run.id);
    await turn.answer('All by itself.');
    const ended = await settled(run.id, chat.workspaceId);
    expect(ended).toMatchObject({ status: 'succeeded', stepCount: 1, usage: { totalTokens: 15 } });
    const message = await findMessage(store.db, chat.chatId, assistantMessageId);
    expect(message?.metadata?.status).toBe('completed');
    expect(message?.parts).toContainEqual(expect.objectContaining({ type: 'text', text: 'All by itself.' }));
  });

  it('4: explicit stop: acknowledged, the abort signal fires, the run settles aborted with its text', async () => {
    const { agent } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const { run, assistantMessageId } = await ask(chat);
    const turn = await agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    await turn.beginStep();
    turn.say({ type: 'text-start', id: 'a' }, { type: 'text-delta', id: 'a', delta: 'half an ans' });
    await eventually('the text to land', async () => (await findMessage(store.db, chat.chatId, assistantMessageId))?.parts[1]);
    const aborted = new Promise((resolve) => turn.input.abortSignal.addEventListener('abort', resolve));
    const answer = await requestStop(store.db, { runId: run.id, userId: chat.userId });
    expect(answer).toMatchObject({ status: 'running', stopRequestedAt: expect.any(String) });
    await aborted;
    expect(await settled(run.id, chat.workspaceId)).toMatchObject({ status: 'aborted', error: null });
    const message = await findMessage(store.db, chat.chatId, assistantMessageId);
    expect(message).toMatchObject({ metadata: { status: 'aborted' } });
    expect(message?.parts.at(-1)).toMatchObject({ type: 'text', text: 'half an ans', state: 'done' });
  });

  it('5: asking a settled run to stop changes nothing and says so', async () => {
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'succeeded' });
    const before = await store.db.prisma.run.findUnique({ where: { id: runId } });
    expect(await requestStop(store.db, { runId, userId: chat.userId })).toMatchObject({ status: 'succeeded', stopRequestedAt: null });
    expect(await store.db.prisma.run.findUnique({ where: { id: runId } })).toEqual(before);
  });

  it('6: the windowed sweep touches only stale runs; the unconditional boot sweep settles even a fresh one', async () => {
    const other = await openRunDatabase(store.url);
    const stale = await insertRun(store.db, await insertChat(store.db), { status: 'running', leaseSeconds: -1, attempt: 3 });
    const stopped = await insertRun(store.db, await insertChat(store.db), { status: 'running', leaseSeconds: -1, stopRequested: true });
    const fresh = await insertRun(store.db, await insertChat(store.db), { status: 'running', leaseSeconds: 60 });
    const done = await insertRun(store.db, await insertChat(store.db), { status: 'succeeded' });
    await rescueExpiredRuns(store.db, 3, 0);
    const status = async (runId: string) => (await store.db.prisma.run.findUniqueOrThrow({ where: { id: runId } })).status;
    expect(await status(stale.runId)).toBe('failed');
    expect(await status(stopped.runId)).toBe('aborted');
    expect(await status(fresh.runId)).toBe('running');
    expect(await status(done.runId)).toBe('succeeded');
    await settleAllRunsAsOnlyProcess(other);
    expect(await status(fresh.runId)).toBe('failed');
    expect(await status(done.runId)).toBe('succeeded');
    await other.close();
  });

  it('7: the terminal write is retried until it lands, frees the owner only then, and is one write', async () => {
    const { worker, agent } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const { run } = await ask(chat);
    const turn = await agent.nextTurn(run.id);
    let refusals = 0;
    const heldWhileRefused = Promise.withResolvers<string[]>();
    const disarm = armRacePoint('inside-settle', () => {
      refusals += 1;
      if (refusals === 2) heldWhileRefused.resolve(worker.heldRunIds());
      if (refusals <= 2) throw new Error('the database blinked');
    });
    await turn.answer('kept');
    expect(await heldWhileRefused.promise).toEqual([run.id]);
    expect((await settled(run.id, chat.workspaceId)).status).toBe('succeeded');
    await eventually('the owner to let go', async () => worker.heldRunIds().length === 0);
    disarm();
    const row = await store.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } });
    const lease = { runId: run.id, chatId: chat.chatId, epoch: row.epoch } as Parameters<typeof settleOwnedRun>[1];
    expect(await settleOwnedRun(store.db, lease, { outcome: { kind: 'succeeded' }, lastSeq: row.lastSeq })).toBe('settled-before');
    expect(await store.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } })).toEqual(row);
  });

  it.each([
    ['end', 'succeeded', null],
    ['failure', 'failed', 'PROVIDER_RATE_LIMITED'],
    ['exception', 'failed', 'INTERNAL'],
  ] as const)('8: the model loop drives the run: %s settles it %s', async (ending, status, code) => {
    const { agent } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const { run, assistantMessageId } = await ask(chat);
    const turn = await agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    await turn.beginStep();
    turn.sayText('some words');
    if (ending === 'end') {
      turn.endStep();
      turn.say({ type: 'finish' });
      turn.end();
    } else if (ending === 'failure') turn.fail({ code: 'PROVIDER_RATE_LIMITED', detail: 'too many' });
    else turn.throwUp(new Error('a bug'));
    const ended = await settled(run.id, chat.workspaceId);
    expect(ended).toMatchObject({ status, stepCount: ending === 'end' ? 1 : 0 });
    expect(ended.error?.code ?? null).toBe(code);
    const steps = await store.db.prisma.runStep.findMany({ where: { runId: run.id } });
    expect(steps).toHaveLength(ending === 'end' ? 1 : 0);
    const message = await findMessage(store.db, chat.chatId, assistantMessageId);
    if (ending !== 'exception') expect(JSON.stringify(message?.parts)).toContain('some words');
  });

  it('9: of two starts at the same instant one wins and the other leaves no row', async () => {
    const chat = await insertChat(store.db);
    const results = await Promise.allSettled([ask(chat, 'one'), ask(chat, 'two')]);
    const won = results.filter((result) => result.status === 'fulfilled');
    const lost = results.filter((result) => result.status === 'rejected');
    expect([won.length, lost.length]).toEqual([1, 1]);
    expect(lost[0]?.reason).toMatchObject({ code: 'RUN_ACTIVE', activeRunId: won[0]?.value.run.id });
    expect(await store.db.prisma.run.count({ where: { chatId: chat.chatId } })).toBe(1);
    expect(await store.db.prisma.message.count({ where: { chatId: chat.chatId } })).toBe(2);
  });

  it('10: disconnecting every client never aborts a run', async () => {
    const { agent } = await startTestWorker(store.url);
    const hub = createHub(store.db, { connectionString: store.url, log: silentLog });
    const chat = await insertChat(store.db);
    const { run } = await ask(chat);
    const turn = await agent.nextTurn(run.id);
    const leaving = new AbortController();
    const events = followChat(store.db, hub, { chatId: chat.chatId, signal: leaving.signal });
    turn.say({ type: 'start' });
    await turn.beginStep();
    turn.sayText('first words');
    for await (const { event } of events) if (event.type === 'chunks') break;
    leaving.abort();
    await hub.close();
    expect((await findLatestRun(store.db, chat.chatId))?.stopRequestedAt).toBeNull();
    turn.sayText('last words');
    turn.endStep();
    turn.say({ type: 'finish' });
    turn.end();
    expect((await settled(run.id, chat.workspaceId)).status).toBe('succeeded');
  });

  it('11: stop, follow, sweep and takeover work from any process', async () => {
    const elsewhere = await openRunDatabase(store.url);
    const hub = createHub(elsewhere, { connectionString: store.url, log: silentLog });
    const chat = await insertChat(store.db);
    const dead = await insertWorker(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'running', leaseSeconds: 60, workerId: dead });
    expect(await expireDead(elsewhere)).toBe(1);
    const signal = new AbortController();
    const events = followChat(elsewhere, hub, { chatId: chat.chatId, signal: signal.signal });
    expect((await events.next()).value?.event).toMatchObject({ type: 'run', run: { status: 'running', interruptedAt: expect.any(String) } });
    const heir = await insertWorker(store.db);
    const claimed = await claimRun(store.db, { runId, workerId: heir, leaseSeconds: 15 });
    expect(claimed?.lease.epoch).toBe(2);
    expect((await events.next()).value?.event).toMatchObject({ type: 'run', run: { epoch: 2, resumedAt: expect.any(String) } });
    expect(await requestStop(elsewhere, { runId, userId: null })).toMatchObject({ status: 'running' });
    expect((await events.next()).value?.event).toMatchObject({ run: { stopRequestedAt: expect.any(String) } });
    signal.abort();
    await hub.close();
    await elsewhere.close();
    expect(await ringForWaitingRuns(store.db, 3_600)).toBe(0);
  });
});
