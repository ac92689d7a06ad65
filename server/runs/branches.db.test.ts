import { describe, expect, it, onTestFinished } from 'vitest';
import { recordFollower } from '#server/testing/follower';
import { insertChat, insertRun, type TestChat } from '#server/testing/run-factories';
import { silentLog, useRunDatabase } from '#server/testing/run-database';
import { continueRun, regenerateRun } from './answer-again.ts';
import { selectBranch } from './branches.ts';
import { startRun } from './enqueue.ts';
import { createHub } from './hub.ts';
import { findMessage, listBranch, readChat } from './reads.ts';
import { sendMessage } from './send-message.ts';
import { requestStop } from './transitions.ts';

const store = useRunDatabase();

type Asked = { text?: string; parentId?: string | null };

async function ask(chat: TestChat, { text = 'hello', parentId }: Asked = {}) {
  const message = { parts: [{ type: 'text' as const, text }], parentId };
  const started = await startRun(store.db, { ...chat, model: 'demo:demo', message });
  await stop(started.run.id);
  return started;
}

const stop = (runId: string) => requestStop(store.db, { runId, userId: null });
const shownIn = async ({ chatId }: TestChat) => (await listBranch(store.db, chatId)).map(({ id }) => id);
const turn = (chat: TestChat, messageId: string) => selectBranch(store.db, { ...chat, messageId });

/** Two questions in a row, the first of them also asked in other words. */
async function insertBranches() {
  const chat = await insertChat(store.db);
  const first = await ask(chat);
  const next = await ask(chat, { text: 'and then?' });
  const edited = await ask(chat, { text: 'hello again', parentId: null });
  return { chat, first, next, edited };
}

describe('selectBranch', () => {
  it('shows the branch down to the newest message below, and back', async () => {
    const { chat, first, next, edited } = await insertBranches();
    expect(await shownIn(chat)).toEqual([edited.userMessageId, edited.assistantMessageId]);
    const { leafId } = await turn(chat, first.userMessageId);
    expect(leafId).toBe(next.assistantMessageId);
    expect(await shownIn(chat)).toEqual([
      first.userMessageId,
      first.assistantMessageId,
      next.userMessageId,
      next.assistantMessageId,
    ]);
    await turn(chat, edited.userMessageId);
    expect(await shownIn(chat)).toEqual([edited.userMessageId, edited.assistantMessageId]);
  });

  it('tells followers of the turn that an answer or a message on another branch makes', async () => {
    const { chat, first, next } = await insertBranches();
    const turns = async () => (await store.db.prisma.chat.findUniqueOrThrow({ where: { id: chat.chatId } })).branchRevision;
    const before = await turns();
    const again = await regenerateRun(store.db, { ...chat, runId: first.run.id });
    await stop(again.run.id);
    const afterAnswer = await turns();
    expect(afterAnswer).toBeGreaterThan(before);
    await ask(chat, { text: 'more', parentId: next.assistantMessageId });
    const afterMessage = await turns();
    expect(afterMessage).toBeGreaterThan(afterAnswer);
    await ask(chat, { text: 'and more' });
    expect(await turns()).toBe(afterMessage);
  });

  it('changes nothing when it is asked again', async () => {
    const { chat, first } = await insertBranches();
    await turn(chat, first.userMessageId);
    const before = await readChat(store.db, chat.chatId);
    await turn(chat, first.userMessageId);
    expect((await readChat(store.db, chat.chatId)).cursor).toBe(before.cursor);
  });

  it('is refused while the chat is being answered, and for what is not in the chat or waits for its turn', async () => {
    const { chat, first } = await insertBranches();
    const { run } = await regenerateRun(store.db, { ...chat, runId: first.run.id });
    await expect(turn(chat, first.userMessageId)).rejects.toMatchObject({ code: 'RUN_ACTIVE', activeRunId: run.id });
    const later = { parts: [{ type: 'text' as const, text: 'later' }] };
    const { userMessageId: queuedId } = await sendMessage(store.db, { ...chat, model: 'demo:demo', message: later, whenBusy: 'queue' });
    await stop(run.id);
    const other = await insertChat(store.db);
    await expect(turn(other, first.userMessageId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(turn(chat, queuedId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is told to whoever follows, also after a cut, and once', async () => {
    const { chat, first, next } = await insertBranches();
    const hub = createHub(store.db, { connectionString: store.url, log: silentLog });
    onTestFinished(() => hub.close());
    const { cursor } = await readChat(store.db, chat.chatId);
    const follower = recordFollower(store.db, hub, chat);
    await follower.until(({ type }) => type === 'run');
    await turn(chat, first.userMessageId);
    const told = await follower.until(({ type }) => type === 'branch');
    expect(told.event).toEqual({ type: 'branch', leafId: next.assistantMessageId });
    await follower.leave();
    const resumed = recordFollower(store.db, hub, { ...chat, lastEventId: cursor });
    await resumed.until(({ type }) => type === 'branch');
    await resumed.leave();
    const { cursor: after } = await readChat(store.db, chat.chatId);
    const later = recordFollower(store.db, hub, { ...chat, lastEventId: after });
    await later.until(({ type }) => type === 'run');
    await later.leave();
    expect(later.events.map(({ event }) => event.type)).not.toContain('branch');
  });
});

describe('messages', () => {
  it('know their siblings: those of the same role after the same message, oldest first', async () => {
    const { chat, first, edited } = await insertBranches();
    const again = await regenerateRun(store.db, { ...chat, runId: edited.run.id });
    await stop(again.run.id);
    const siblings = (await listBranch(store.db, chat.chatId)).map(({ metadata }) => metadata?.siblings);
    expect(siblings).toEqual([
      [first.userMessageId, edited.userMessageId],
      [edited.assistantMessageId, again.assistantMessageId],
    ]);
    const alone = await findMessage(store.db, chat.chatId, first.assistantMessageId);
    expect(alone?.metadata).not.toHaveProperty('siblings');
  });

  it('know which run wrote them, by which model, why it failed and what all their runs spent', async () => {
    const chat = await insertChat(store.db);
    const { runId, assistantMessageId } = await insertRun(store.db, chat, { status: 'failed' });
    const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15, estimated: false };
    await store.db.prisma.run.update({ where: { id: runId }, data: { usage } });
    const failed = await findMessage(store.db, chat.chatId, assistantMessageId);
    expect(failed?.metadata).toMatchObject({ runId, model: 'demo:demo', usage, error: { code: 'INTERNAL' } });
    const { run } = await continueRun(store.db, { ...chat, runId });
    await stop(run.id);
    await store.db.prisma.run.update({ where: { id: run.id }, data: { usage: { ...usage, estimated: true } } });
    const stopped = await findMessage(store.db, chat.chatId, assistantMessageId);
    expect(stopped?.metadata).toMatchObject({ runId: run.id, usage: { totalTokens: 30, estimated: true } });
    expect(stopped?.metadata).not.toHaveProperty('error');
  });
});

describe('continueRun', () => {
  it('shows the answer that it writes on, where another branch was shown', async () => {
    const { chat, first, next } = await insertBranches();
    await continueRun(store.db, { ...chat, runId: next.run.id });
    expect(await shownIn(chat)).toEqual([
      first.userMessageId,
      first.assistantMessageId,
      next.userMessageId,
      next.assistantMessageId,
    ]);
  });

  it('leaves the shown branch where the answer stands on it', async () => {
    const { chat, first, next } = await insertBranches();
    await turn(chat, next.userMessageId);
    await continueRun(store.db, { ...chat, runId: first.run.id });
    expect((await shownIn(chat)).at(-1)).toBe(next.assistantMessageId);
  });
});
