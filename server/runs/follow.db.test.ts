import { describe, expect, it, onTestFinished } from 'vitest';
import { foldHeard, recordFollower } from '#server/testing/follower';
import { insertChat, insertRun, type TestChat } from '#server/testing/run-factories';
import { silentLog, useRunDatabase } from '#server/testing/run-database';
import { startTestWorker, type TestWorker } from '#server/testing/test-worker';
import { startRun } from './enqueue.ts';
import type { FollowedEvent } from './follow.ts';
import { createHub, type Hub } from './hub.ts';
import { findLatestRun, findMessage, readChat } from './reads.ts';
import { pruneJournals } from './sweeps.ts';
import { requestStop } from './transitions.ts';

const store = useRunDatabase();

function useHub(): Hub {
  const hub = createHub(store.db, { connectionString: store.url, log: silentLog });
  onTestFinished(() => hub.close());
  return hub;
}

const ask = (chat: TestChat) =>
  startRun(store.db, { ...chat, model: 'demo:demo', message: { parts: [{ type: 'text', text: 'hello' }] } });

const isEnd = (event: FollowedEvent['event']) =>
  event.type === 'message' && event.message.role === 'assistant' && event.message.metadata?.status === 'completed';

/** A whole turn in ten flushes, each awaited, with a follower from before the start. */
async function playTurn(hub: Hub, worker?: TestWorker) {
  const { agent } = worker ?? (await startTestWorker(store.url));
  const chat = await insertChat(store.db);
  const follower = recordFollower(store.db, hub, chat);
  await follower.until(() => true);
  const { run, assistantMessageId } = await ask(chat);
  const turn = await agent.nextTurn(run.id);
  turn.say({ type: 'start' });
  await turn.beginStep();
  turn.say({ type: 'text-start', id: 'a' });
  for (let i = 0; i < 10; i++) {
    turn.say({ type: 'text-delta', id: 'a', delta: `word${i} ` });
    await follower.until((event) => event.type === 'chunks' && JSON.stringify(event.chunks).includes(`word${i} `));
  }
  turn.say({ type: 'text-end', id: 'a' });
  turn.endStep();
  turn.say({ type: 'finish' });
  turn.end();
  await follower.until(isEnd);
  await follower.leave();
  const message = await findMessage(store.db, chat.chatId, assistantMessageId);
  return { chat, run, follower, parts: message!.parts };
}

describe('followChat', () => {
  it('says at once that a chat has no run', async () => {
    const chat = await insertChat(store.db);
    const follower = recordFollower(store.db, useHub(), chat);
    expect((await follower.until(() => true)).event).toEqual({ type: 'run', run: null });
    await follower.leave();
  });

  it('tells an idle follower of a run that starts elsewhere, live, to its end; the fold is the stored message', async () => {
    const { run, follower, parts } = await playTurn(useHub());
    expect(await foldHeard(follower.events, run.id)).toEqual(parts);
    const statuses = follower.events.flatMap(({ event }) => (event.type === 'run' ? [event.run?.status] : []));
    // A worker may be faster than the first look, and what changes during a look is told once more by the next one.
    const changes = statuses.filter((status, i) => status !== 'pending' && (i === 0 || status !== statuses[i - 1]));
    expect(changes).toEqual([undefined, 'running', 'succeeded']);
    const roles = follower.events.flatMap(({ event }) => (event.type === 'message' ? [event.message.role] : []));
    expect(roles).toEqual(['user', 'assistant', 'assistant']);
  });

  it('resumes from every cursor without a gap or a repetition', async () => {
    const hub = useHub();
    const { chat, run, follower, parts } = await playTurn(hub);
    for (let cut = 0; cut < follower.events.length; cut++) {
      const heard = follower.events.slice(0, cut + 1);
      const resumed = recordFollower(store.db, hub, { ...chat, lastEventId: heard.at(-1)!.id });
      await resumed.until((event) => event.type === 'run' && event.run?.status === 'succeeded');
      if (cut < follower.events.length - 1) await resumed.until(isEnd);
      await resumed.leave();
      const heardChunks = [...heard, ...resumed.events].some(({ event }) => event.type === 'chunks');
      if (heardChunks) expect(await foldHeard([...heard, ...resumed.events], run.id)).toEqual(parts);
    }
  });

  it.each(['garbage', '99999.x', '0'.repeat(40), `999999.${crypto.randomUUID()}.3`])('answers the unknown cursor %s with a replace', async (lastEventId) => {
    const hub = useHub();
    const { chat, run, parts } = await playTurn(hub);
    const follower = recordFollower(store.db, hub, { ...chat, lastEventId });
    await follower.until((event) => event.type === 'message');
    await follower.leave();
    expect(follower.events.map(({ event }) => event.type)).toEqual(['chunks', 'run', 'message']);
    expect(follower.events[0]?.event).toMatchObject({ replace: true, fromSeq: 1 });
    expect(await foldHeard(follower.events, run.id)).toEqual(parts);
  });

  it('answers a cursor of another chat with a replace of this one', async () => {
    const hub = useHub();
    const worker = await startTestWorker(store.url);
    const other = await playTurn(hub, worker);
    const { chat, run } = await playTurn(hub, worker);
    const follower = recordFollower(store.db, hub, { ...chat, lastEventId: other.follower.events.at(-1)!.id });
    const first = await follower.until((event) => event.type === 'chunks');
    expect(first.event).toMatchObject({ runId: run.id, replace: true });
    await follower.leave();
  });

  it('serves a cursor whose journal was deleted from the message', async () => {
    const hub = useHub();
    const { chat, run, follower, parts } = await playTurn(hub);
    await store.db.pool.query(`UPDATE run SET finished_at = now() - interval '1 hour' WHERE id = $1`, [run.id]);
    expect(await pruneJournals(store.db, 60)).toBeGreaterThan(0);
    const middle = follower.events.find(({ event }) => event.type === 'chunks' && event.toSeq > 4)!;
    const resumed = recordFollower(store.db, hub, { ...chat, lastEventId: middle.id });
    await resumed.until((event) => event.type === 'run');
    await resumed.leave();
    expect(await foldHeard(resumed.events, run.id)).toEqual(parts);
  });

  it('tells the answer of a run that is over to a follower without a cursor', async () => {
    const chat = await insertChat(store.db);
    const { runId, assistantMessageId } = await insertRun(store.db, chat, { status: 'failed' });
    const follower = recordFollower(store.db, useHub(), chat);
    await follower.until((event) => event.type === 'message');
    await follower.leave();
    expect(follower.events.map(({ event }) => event)).toMatchObject([
      { type: 'run', run: { id: runId, status: 'failed' } },
      { type: 'message', message: { id: assistantMessageId, metadata: { status: 'failed' } } },
    ]);
  });

  it('tells a page exactly what came after the chat was read', async () => {
    const hub = useHub();
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'running', chunks: [{ type: 'start' }, { type: 'start-step' }] });
    const view = await readChat(store.db, chat.chatId);
    const follower = recordFollower(store.db, hub, { ...chat, lastEventId: view.cursor });
    const chunks = await follower.until((event) => event.type === 'chunks');
    expect(chunks.event).toMatchObject({ runId, replace: true, fromSeq: 1, toSeq: 2 });
    expect(follower.events[0]?.event).toMatchObject({ type: 'run', run: { id: runId } });
    expect(follower.events.some(({ event }) => event.type === 'message')).toBe(false);
    await follower.leave();
  });

  it('is correct when every notification is dropped', async () => {
    // It listens where nobody speaks.
    const connectionString = store.url.replace(/[^/]*$/, 'postgres');
    const hub = createHub(store.db, { connectionString, log: silentLog, pollEveryMs: 20 });
    onTestFinished(() => hub.close());
    const { run, follower, parts } = await playTurn(hub);
    expect(await foldHeard(follower.events, run.id)).toEqual(parts);
  });

  it('ends when the chat is deleted', async () => {
    const hub = useHub();
    const chat = await insertChat(store.db);
    const follower = recordFollower(store.db, hub, chat);
    await follower.until(() => true);
    await store.db.pool.query('UPDATE chat SET deleted_at = now(), revision = revision + 1 WHERE id = $1', [chat.chatId]);
    store.db.hints.chatChanged(chat);
    await follower.ended;
  });

  it('ends when the chat is deleted with its workspace, which nobody tells', async () => {
    const hub = createHub(store.db, { connectionString: store.url, log: silentLog, pollEveryMs: 20 });
    onTestFinished(() => hub.close());
    const chat = await insertChat(store.db);
    await insertRun(store.db, chat, { status: 'running', chunks: [{ type: 'start' }] });
    const follower = recordFollower(store.db, hub, chat);
    await follower.until((event) => event.type === 'chunks');
    await store.db.prisma.workspace.delete({ where: { id: chat.workspaceId } });
    await follower.ended;
  });

  it('tells of the newest run, whatever time the machine thought it was that made its id', async () => {
    const chat = await insertChat(store.db);
    const { run: old } = await ask(chat);
    await requestStop(store.db, { runId: old.id, userId: null });
    await store.db.pool.query(`UPDATE run SET id = 'ffffffff-ffff-7fff-bfff-ffffffffffff' WHERE id = $1`, [old.id]);
    const { run } = await ask(chat);
    expect(await findLatestRun(store.db, chat.chatId)).toMatchObject({ id: run.id });
    const follower = recordFollower(store.db, useHub(), { ...chat, lastEventId: '0' });
    await follower.until((event) => event.type === 'run' && event.run?.id === run.id);
    await follower.leave();
    const told = follower.events.flatMap(({ event }) => (event.type === 'run' ? [event.run?.id] : []));
    expect(told.at(-1)).toBe(run.id);
  });
});
