import { describe, expect, it } from 'vitest';
import { insertChat, type TestChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { startRun } from './enqueue.ts';
import { armRacePoint } from './race-points.ts';
import { requestStop } from './transitions.ts';

const store = useRunDatabase();

const start = (chat: TestChat, message: { id?: string; text?: string; parentId?: string | null } = {}) => {
  const { text = 'hello', ...place } = message;
  return startRun(store.db, { ...chat, model: 'demo:demo', message: { ...place, parts: [{ type: 'text', text }] } });
};

const stop = (runId: string) => requestStop(store.db, { runId, userId: null });
const countRows = async (chatId: string) => ({
  runs: await store.db.prisma.run.count({ where: { chatId } }),
  messages: await store.db.prisma.message.count({ where: { chatId } }),
});

describe('startRun', () => {
  it('makes fifty posts of the same message one run', async () => {
    const chat = await insertChat(store.db);
    const id = crypto.randomUUID();
    const started = await Promise.all(Array.from({ length: 50 }, () => start(chat, { id })));
    expect(new Set(started.map(({ run }) => run.id)).size).toBe(1);
    expect(await countRows(chat.chatId)).toEqual({ runs: 1, messages: 2 });
  });

  it('lets one of fifty different messages win and leaves no row of the others', async () => {
    const chat = await insertChat(store.db);
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => start(chat, { text: `${i}` })));
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(reasons).toEqual(Array.from({ length: 49 }, () => 'RUN_ACTIVE'));
    expect(await countRows(chat.chatId)).toEqual({ runs: 1, messages: 2 });
  });

  it('answers a repeated start with the run as it stands, even when that is settled', async () => {
    const chat = await insertChat(store.db);
    const id = crypto.randomUUID();
    const { run } = await start(chat, { id });
    await stop(run.id);
    expect((await start(chat, { id })).run).toMatchObject({ id: run.id, status: 'aborted' });
  });

  it('refuses a known id with other content', async () => {
    const chat = await insertChat(store.db);
    const id = crypto.randomUUID();
    await start(chat, { id });
    await expect(start(chat, { id, text: 'something else' })).rejects.toMatchObject({ code: 'MESSAGE_CONFLICT' });
  });

  it('lets two chats use the same message id', async () => {
    const id = crypto.randomUUID();
    await start(await insertChat(store.db), { id });
    await start(await insertChat(store.db), { id });
  });

  it('leaves nothing behind when the process dies before the commit', async () => {
    const chat = await insertChat(store.db);
    const disarm = armRacePoint('before-start-commit', () => {
      throw new Error('killed');
    });
    await expect(start(chat)).rejects.toThrow('killed');
    disarm();
    expect(await countRows(chat.chatId)).toEqual({ runs: 0, messages: 0 });
    const { rows } = await store.db.pool.query(`SELECT FROM pgboss.job WHERE data ->> 'runId' NOT IN (SELECT id::text FROM run)`);
    expect(rows).toEqual([]);
  });

  it('is refused for a chat of another workspace and for one that was deleted, in the same words', async () => {
    const chat = await insertChat(store.db);
    const stranger = await insertChat(store.db);
    const refusal = { code: 'NOT_FOUND', message: 'no such chat' };
    await expect(start({ ...chat, chatId: stranger.chatId })).rejects.toMatchObject(refusal);
    await store.db.prisma.chat.update({ where: { id: chat.chatId }, data: { deletedAt: new Date() } });
    await expect(start(chat)).rejects.toMatchObject(refusal);
  });

  it('refuses a parent that is not of this chat', async () => {
    const chat = await insertChat(store.db);
    await expect(start(chat, { parentId: crypto.randomUUID() })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await countRows(chat.chatId)).toEqual({ runs: 0, messages: 0 });
  });

  it('names an untitled chat after its first message, in one line', async () => {
    const chat = await insertChat(store.db);
    const { run } = await start(chat, { text: `  Tell me\n about ${'durable '.repeat(20)}` });
    await stop(run.id);
    await start(chat, { text: 'And more' });
    const { title } = await store.db.prisma.chat.findUniqueOrThrow({ where: { id: chat.chatId } });
    expect(title).toMatch(/^Tell me about durable .*…$/);
    expect(title.length).toBeLessThanOrEqual(60);
  });
});
