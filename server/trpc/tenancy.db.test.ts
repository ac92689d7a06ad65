/** I9: whatever is not the caller's looks like what does not exist, in every procedure there is. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ChatActivityEvent } from '#domain/chat-view';
import { insertRun } from '#server/testing/run-factories';
import { callerOf, mutate, query, signInGuest, subscribe, useServices } from '#server/testing/web-services';
import { appRouter } from './router.ts';

type Ids = { chatId: string; runId: string; promptId: string };

const ofChat = ({ chatId }: Ids) => ({ chatId });
const ofRun = ({ runId }: Ids) => ({ runId });

/** Every procedure that names something: the input that names it. */
const namingInputs: Record<string, (ids: Ids) => object> = {
  'chat.archive': (ids) => ({ ...ofChat(ids), archived: true }),
  'chat.delete': ofChat,
  'chat.get': ofChat,
  'chat.markRead': ofChat,
  'chat.pin': (ids) => ({ ...ofChat(ids), pinned: true }),
  'chat.rename': (ids) => ({ ...ofChat(ids), title: 'Mine now' }),
  'message.list': ofChat,
  'chat.selectBranch': (ids) => ({ ...ofChat(ids), messageId: crypto.randomUUID() }),
  'prompt.remove': ({ promptId }) => ({ promptId }),
  'queue.edit': (ids) => ({ ...ofChat(ids), messageId: ids.runId, text: 'hello' }),
  'queue.remove': (ids) => ({ ...ofChat(ids), messageId: ids.runId }),
  'queue.resume': ofChat,
  'run.continue': ofRun,
  'run.follow': ofChat,
  'run.get': ofRun,
  'run.latest': ofChat,
  'run.regenerate': ofRun,
  'run.start': (ids) => ({ ...ofChat(ids), message: { text: 'hello' } }),
  'run.stop': ofRun,
  'share.create': ofChat,
  'share.find': ofChat,
  'share.revoke': ofChat,
};
/** Opened by a link, whoever asks: share-router.db.test.ts. */
const byLink = ['share.follow', 'share.get'];
/** Procedures that name nothing: tested one by one below. */
const listing = ['chat.activity', 'chat.create', 'chat.list', 'chat.search', 'model.list', 'prompt.list', 'prompt.save', 'run.list'];
/** Not for viewers; the link of a chat is among it, since it can be given away. */
const writing = ['chat.archive', 'chat.delete', 'chat.rename', 'chat.selectBranch', 'queue.edit', 'queue.remove', 'queue.resume'].concat(
  ['run.continue', 'run.regenerate', 'run.start', 'run.stop', 'share.create', 'share.find', 'share.revoke'],
);
/** What is deleted can be named by its deleter here: tested by itself below. */
const restoring = ['chat.restore'];

const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;

describe('appRouter', () => {
  const context = useServices();
  let stranger: string;
  let theirs: Ids;
  let deleted: Ids;

  async function insertTurn(cookie: string): Promise<Ids> {
    const { services } = context;
    const { result: chat } = await mutate(cookie, 'chat.create', { title: 'Secret' });
    const caller = (await callerOf(services, cookie))!;
    const { runId } = await insertRun(services.db, { ...caller, chatId: chat.id }, { status: 'running' });
    const { result: prompt } = await mutate(cookie, 'prompt.save', { name: 'Secret', text: 'Secret' });
    return { chatId: chat.id, runId, promptId: prompt.id };
  }

  async function refusalOf(cookie: string, path: string, input: object): Promise<unknown> {
    const { type } = procedures[path]!._def;
    if (type !== 'subscription') {
      const { status, error } = await (type === 'mutation' ? mutate : query)(cookie, path, input);
      return { status, error };
    }
    for await (const { event, data } of subscribe<unknown>(cookie, path, input)) {
      if (event !== 'connected') return { event, data };
    }
    throw new Error('the stream ended without a word');
  }

  beforeAll(async () => {
    theirs = await insertTurn(await signInGuest(context.services));
    stranger = await signInGuest(context.services);
    deleted = await insertTurn(stranger);
    await mutate(stranger, 'chat.delete', { chatId: deleted.chatId });
    await mutate(stranger, 'prompt.remove', { promptId: deleted.promptId });
  });

  it('is covered by this file in full', () => {
    expect([...Object.keys(namingInputs), ...byLink, ...listing, ...restoring].toSorted()).toEqual(Object.keys(procedures).toSorted());
  });

  it.each(Object.keys(namingInputs))('%s tells nothing apart: foreign, deleted, unknown', async (path) => {
    const inputOf = namingInputs[path]!;
    const nothing = { chatId: crypto.randomUUID(), runId: crypto.randomUUID(), promptId: crypto.randomUUID() };
    const unknown = await refusalOf(stranger, path, inputOf(nothing));
    expect(JSON.stringify(unknown)).toContain('"reason":"NOT_FOUND"');
    expect(await refusalOf(stranger, path, inputOf(theirs))).toEqual(unknown);
    expect(await refusalOf(stranger, path, inputOf(deleted))).toEqual(unknown);
  });

  it.each(Object.keys(procedures).filter((path) => !byLink.includes(path)))('%s asks for a session', async (path) => {
    const input = namingInputs[path]?.(theirs) ?? (restoring.includes(path) ? theirs : {});
    expect(JSON.stringify(await refusalOf('', path, input))).toContain('"reason":"UNAUTHORIZED"');
  });

  it('run.stop tells nothing apart by chat either', async () => {
    const unknown = await refusalOf(stranger, 'run.stop', { chatId: crypto.randomUUID() });
    expect(await refusalOf(stranger, 'run.stop', { chatId: theirs.chatId })).toEqual(unknown);
    expect(unknown).toMatchObject({ status: 404 });
  });

  it('lists nothing of others, and nothing deleted', async () => {
    expect((await query(stranger, 'chat.list')).result).toEqual({ items: [], nextCursor: null });
    expect((await query(stranger, 'run.list')).result).toEqual({ items: [], nextCursor: null });
  });

  it('restores nothing of others, deleted or not, and says the same of what does not exist', async () => {
    const unknown = await refusalOf(stranger, 'chat.restore', { chatId: crypto.randomUUID() });
    expect(unknown).toMatchObject({ status: 404 });
    expect(await refusalOf(stranger, 'chat.restore', ofChat(theirs))).toEqual(unknown);
    const owner = await signInGuest(context.services);
    const gone = await insertTurn(owner);
    await mutate(owner, 'chat.delete', ofChat(gone));
    expect(await refusalOf(stranger, 'chat.restore', ofChat(gone))).toEqual(unknown);
  });

  it('tells a stranger no activity of others', async () => {
    const { result: mine } = await mutate(stranger, 'chat.create', {});
    const told = [];
    for await (const { event, data } of subscribe<ChatActivityEvent>(stranger, 'chat.activity')) {
      if (event !== 'message') continue;
      told.push(data.type === 'chat' ? data.chat.id : data.chatId);
      if (told.includes(mine.id)) break;
    }
    expect(told).not.toContain(theirs.chatId);
  });

  it('left the chat and the run as they were', async () => {
    const { prisma } = context.services.db;
    expect(await prisma.chat.findUnique({ where: { id: theirs.chatId } })).toMatchObject({
      title: 'Secret',
      archivedAt: null,
      deletedAt: null,
    });
    expect(await prisma.run.findMany({ where: { chatId: theirs.chatId } })).toMatchObject([
      { id: theirs.runId, stopRequestedAt: null },
    ]);
  });

  it('lets a viewer look, not write', async () => {
    const cookie = await signInGuest(context.services);
    const own = await insertTurn(cookie);
    await context.services.db.prisma.chatMember.updateMany({ where: { chatId: own.chatId }, data: { role: 'viewer' } });
    expect((await query(cookie, 'chat.get', ofChat(own))).status).toBe(200);
    for (const path of writing) {
      const answer = await (procedures[path]!._def.type === 'mutation' ? mutate : query)(cookie, path, namingInputs[path]!(own));
      expect([path, answer.status, answer.error?.data.reason]).toEqual([path, 403, 'FORBIDDEN']);
    }
  });
});
