import { describe, expect, it } from 'vitest';
import { expireDead } from '#server/testing/expire-dead';
import { continueRun } from '#server/runs/answer-again';
import { pruneJournals, rescueExpiredRuns } from '#server/runs/sweeps';
import { requestStop } from '#server/runs/transitions';
import { eventually } from './eventually.ts';
import { checkInvariants, type Evidence } from './invariants.ts';
import { ask, follow, playChat, playToolStep, settled, streamToTheEnd } from './invariants/played-chat.ts';
import { useRunDatabase } from './run-database.ts';
import { insertChat } from './run-factories.ts';
import { startTestWorker } from './test-worker.ts';

const store = useRunDatabase();

const check = (evidence: Evidence = {}) => checkInvariants(store.db.pool, { ...evidence, settled: true });

/** As if the owner were frozen past its lease. Its renewals go on here, so one may come between: then once more. */
const takeFromOwner = (runId: string) =>
  eventually('the run to be taken from its owner', async () => {
    await store.db.pool.query(
      `UPDATE run SET lease_expires_at = now() - interval '1 second' WHERE id = $1 AND epoch = 1`,
      [runId],
    );
    await rescueExpiredRuns(store.db, 3, 0);
    const { rows } = await store.db.pool.query<{ epoch: number }>('SELECT epoch FROM run WHERE id = $1', [runId]);
    return rows[0]!.epoch > 1;
  });

describe('checkInvariants', () => {
  it('finds nothing in an answer with tools, in what its followers heard and in what its tools saw', async () => {
    const { stream, toolStarts } = await playChat(store);
    expect(toolStarts).toHaveLength(2);
    expect(stream.events.some((event) => event.type === 'chunks')).toBe(true);
    expect(await check({ streams: [stream], toolStarts })).toEqual([]);
  });

  it('finds nothing while an answer is being written', async () => {
    const { agent } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const follower = follow(store, chat);
    const { run } = await ask(store, chat);
    const turn = await agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    await playToolStep(turn);
    await turn.beginStep();
    turn.say({ type: 'text-start', id: 'x' }, { type: 'text-delta', id: 'x', delta: 'so far' });
    await follower.until((event) => event.type === 'chunks' && JSON.stringify(event.chunks).includes('so far'));
    const stream = { ...chat, events: follower.events.map(({ event }) => event) };
    expect(await checkInvariants(store.db.pool, { streams: [stream] })).toEqual([]);
    expect(await check({ streams: [stream] })).toMatchObject([{ invariant: 'I2', runId: run.id }]);
    turn.end();
    await settled(store, chat, run.id);
    await follower.leave();
  });

  it('finds nothing after a takeover that wiped a half-written step', async () => {
    const first = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const follower = follow(store, chat);
    const { run } = await ask(store, chat);
    const turn = await first.agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    const toolStarts = await playToolStep(turn);
    await turn.beginStep();
    turn.say({ type: 'text-start', id: 'x' }, { type: 'text-delta', id: 'x', delta: 'half of it' });
    await follower.until((event) => event.type === 'chunks' && JSON.stringify(event.chunks).includes('half of it'));
    const second = await startTestWorker(store.url);
    await first.db.boss.offWork('run');
    await takeFromOwner(run.id);
    const again = await second.agent.nextTurn(run.id);
    await again.beginStep();
    again.sayText('all of it');
    again.endStep();
    again.say({ type: 'finish' });
    again.end();
    const stream = await streamToTheEnd(chat, { follower, runId: run.id });
    expect(JSON.stringify(stream.events)).toContain('reset-step');
    expect(await check({ streams: [stream], toolStarts })).toEqual([]);
  });

  it('finds nothing after a worker was lost between a recorded model call and the end of its step', async () => {
    const first = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const follower = follow(store, chat);
    const { run } = await ask(store, chat);
    const turn = await first.agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    await turn.beginStep();
    turn.callTools('send');
    const send = { toolCallId: 'send-1', toolName: 'send', idempotent: false };
    const begun = Promise.withResolvers<string>();
    const lost = turn.input.runTool(send, ({ idempotencyKey }) => {
      begun.resolve(idempotencyKey);
      return new Promise(() => undefined);
    });
    const idempotencyKey = await begun.promise;
    const second = await startTestWorker(store.url);
    await first.db.boss.offWork('run');
    await takeFromOwner(run.id);
    const again = await second.agent.nextTurn(run.id);
    await expect(lost).rejects.toBeDefined();
    expect(await again.input.runTool(send, async () => 'twice')).toEqual({ kind: 'unknown' });
    again.say({ type: 'tool-output-error', toolCallId: 'send-1', errorText: 'nobody knows' });
    again.endStep({ finishReason: 'tool-calls' });
    await again.beginStep();
    again.sayText('Sorry.');
    again.endStep();
    again.say({ type: 'finish' });
    again.end();
    const stream = await streamToTheEnd(chat, { follower, runId: run.id });
    const toolStarts = [{ idempotencyKey, toolName: 'send', idempotent: false }];
    expect(await check({ streams: [stream], toolStarts })).toEqual([]);
  });

  it('finds nothing after a stop, of a run at work, of one that waited and of one whose owner is dead', async () => {
    const waiting = await insertChat(store.db);
    const { run: unclaimed } = await ask(store, waiting);
    await requestStop(store.db, { runId: unclaimed.id, userId: null });
    const { agent, worker } = await startTestWorker(store.url);
    const [chat, lost] = [await insertChat(store.db), await insertChat(store.db)];
    const follower = follow(store, chat);
    const { run } = await ask(store, chat);
    const turn = await agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    const toolStarts = await playToolStep(turn);
    await requestStop(store.db, { runId: run.id, userId: chat.userId });
    const stream = await streamToTheEnd(chat, { follower, runId: run.id });
    const { run: orphan } = await ask(store, lost);
    await agent.nextTurn(orphan.id);
    await worker.drain(0);
    await requestStop(store.db, { runId: orphan.id, userId: null });
    await rescueExpiredRuns(store.db, 3, 0);
    expect(await settled(store, lost, orphan.id)).toMatchObject({ status: 'aborted', epoch: 2 });
    expect(await check({ streams: [stream], toolStarts })).toEqual([]);
  });

  it('finds nothing after a failure that was continued, and none when the journals are gone', async () => {
    const { agent } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const follower = follow(store, chat);
    const { run } = await ask(store, chat);
    const turn = await agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    const toolStarts = await playToolStep(turn);
    await turn.beginStep();
    turn.say({ type: 'text-start', id: 'x' }, { type: 'text-delta', id: 'x', delta: 'half of it' });
    turn.fail({ code: 'PROVIDER_CUT', detail: 'gone' });
    await settled(store, chat, run.id);
    await follower.until((event) => event.type === 'message' && event.message.metadata?.status === 'failed');
    const { run: next } = await continueRun(store.db, { ...chat, runId: run.id });
    await (await agent.nextTurn(next.id)).answer('all of it');
    const stream = await streamToTheEnd(chat, { follower, runId: next.id });
    const evidence = { streams: [stream], toolStarts };
    expect(await check(evidence)).toEqual([]);
    await store.db.pool.query(`UPDATE run SET finished_at = now() + interval '1 minute' WHERE finished_at IS NOT NULL`);
    expect(await pruneJournals(store.db, -120)).toBeGreaterThan(1);
    expect(await check(evidence)).toEqual([]);
  });

  it('looks at the chats that are asked for and at those that were followed, through more than one batch', async () => {
    const chats = [];
    for (let i = 0; i < 52; i++) chats.push(await insertChat(store.db));
    const [first, other] = chats.toSorted((a, b) => (a.chatId < b.chatId ? 1 : -1));
    await ask(store, first!);
    const invariantsOf = async (options: Parameters<typeof checkInvariants>[1]) =>
      (await checkInvariants(store.db.pool, { settled: true, ...options })).map(({ chatId }) => chatId);
    expect(await invariantsOf({})).toEqual([first!.chatId]);
    expect(await invariantsOf({ chatIds: [other!.chatId] })).toEqual([]);
    expect(await invariantsOf({ chatIds: [], streams: [{ ...first!, events: [] }] })).toEqual([first!.chatId]);
    await expireDead(store.db);
  });
});
