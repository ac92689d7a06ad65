import { describe, expect, it } from 'vitest';
import { callerOf, mutate, query, signInGuest, useServices } from '#server/testing/web-services';
import { insertRun } from '#server/testing/run-factories';
import { listChats } from './list-chats.ts';

const everything = { after: null, archived: false, pinned: false };

describe('listChats', () => {
  const context = useServices();

  async function insertChats(cookie: string, count: number) {
    for (let n = 0; n < count; n++) await mutate(cookie, 'chat.create', { title: `Chat ${n}` });
  }

  it('pages by key: each chat once, also where many share an instant, and whatever is added meanwhile', async () => {
    const cookie = await signInGuest(context.services);
    await insertChats(cookie, 55);
    await context.services.db.pool.query(`UPDATE chat SET last_activity_at = date_trunc('hour', now())`);
    const first = (await query(cookie, 'chat.list')).result;
    expect(first.items).toHaveLength(50);
    await mutate(cookie, 'chat.create', { title: 'Newest' });
    const second = (await query(cookie, 'chat.list', { cursor: first.nextCursor })).result;
    expect(second).toMatchObject({ items: { length: 5 }, nextCursor: null });
    const ids = [...first.items, ...second.items].map((chat) => chat.id);
    expect(new Set(ids).size).toBe(55);
    expect(ids).toEqual(ids.toSorted().toReversed());
  });

  it.each(['garbage', 'W10', '∞', Buffer.from('["x","y"]').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      const cookie = await signInGuest(context.services);
      expect(await query(cookie, 'chat.list', { cursor })).toMatchObject({
        status: 400,
        error: { data: { reason: 'BAD_REQUEST' } },
      });
    },
  );

  it('finds titles by any part, and takes no character for a pattern', async () => {
    const cookie = await signInGuest(context.services);
    for (const title of ['100% sure', 'One_two', 'Back\\slash']) await mutate(cookie, 'chat.create', { title });
    const titles = async (search: string) =>
      (await query(cookie, 'chat.list', { search })).result.items.map((chat) => chat.title);
    expect(await titles('SURE')).toEqual(['100% sure']);
    expect(await titles('%')).toEqual(['100% sure']);
    expect(await titles('_')).toEqual(['One_two']);
    expect(await titles('\\')).toEqual(['Back\\slash']);
    expect(await titles('')).toHaveLength(3);
  });

  it('keeps archived chats apart', async () => {
    const cookie = await signInGuest(context.services);
    await insertChats(cookie, 2);
    const chat = (await query(cookie, 'chat.list')).result.items[0]!;
    const archived = await mutate(cookie, 'chat.archive', { chatId: chat.id, archived: true });
    expect(archived.result.archivedAt).not.toBeNull();
    expect((await query(cookie, 'chat.list')).result.items).toHaveLength(1);
    expect((await query(cookie, 'chat.list', { archived: true })).result.items).toMatchObject([{ id: chat.id }]);
    const restored = await mutate(cookie, 'chat.archive', { chatId: chat.id, archived: false });
    expect(restored.result.archivedAt).toBeNull();
  });

  it('lists what is pinned by itself too, in its order, for the person who pinned it only', async () => {
    const cookie = await signInGuest(context.services);
    await insertChats(cookie, 3);
    const chats = (await query(cookie, 'chat.list')).result.items;
    const pinned = await mutate(cookie, 'chat.pin', { chatId: chats[2]!.id, pinned: true });
    expect(pinned.result.pinnedAt).not.toBeNull();
    const again = await mutate(cookie, 'chat.pin', { chatId: chats[2]!.id, pinned: true });
    expect(again.result.pinnedAt).toBe(pinned.result.pinnedAt);
    const listed = (await query(cookie, 'chat.list')).result.items;
    expect(listed.map(({ id }) => id)).toEqual(chats.map(({ id }) => id));
    expect((await query(cookie, 'chat.list', { pinned: true })).result.items).toMatchObject([{ id: chats[2]!.id }]);

    const { services } = context;
    const other = await callerOf(services, await signInGuest(services));
    const { workspaceId } = (await callerOf(services, cookie))!;
    await services.db.prisma.chatMember.create({
      data: { chatId: chats[2]!.id, userId: other!.userId, workspaceId },
    });
    const theirs = await listChats(services.db, { userId: other!.userId, workspaceId }, everything);
    expect(theirs.items).toMatchObject([{ id: chats[2]!.id, pinnedAt: null }]);

    const unpinned = await mutate(cookie, 'chat.pin', { chatId: chats[2]!.id, pinned: false });
    expect(unpinned.result.pinnedAt).toBeNull();
    expect((await query(cookie, 'chat.list', { pinned: true })).result.items).toEqual([]);
  });

  it('is unread from an answer’s end until marked read; own words and a new title do not count', async () => {
    const { services } = context;
    const cookie = await signInGuest(services);
    const { result: chat } = await mutate(cookie, 'chat.create', {});
    await mutate(cookie, 'run.start', { chatId: chat.id, message: { text: 'hello' } });
    const unread = async () => (await query(cookie, 'chat.list')).result.items[0]!.unread;
    expect(await unread()).toBe(false);
    await mutate(cookie, 'run.stop', { chatId: chat.id });
    expect(await unread()).toBe(true);
    expect((await mutate(cookie, 'chat.markRead', { chatId: chat.id })).result.unread).toBe(false);
    expect((await mutate(cookie, 'chat.rename', { chatId: chat.id, title: 'Other' })).result).toMatchObject({
      title: 'Other',
      unread: false,
    });
  });

  it('shows the latest run', async () => {
    const { services } = context;
    const cookie = await signInGuest(services);
    const { result: chat } = await mutate(cookie, 'chat.create', {});
    const place = { ...(await callerOf(services, cookie))!, chatId: chat.id };
    await insertRun(services.db, place, { status: 'failed' });
    const { runId } = await insertRun(services.db, place, { status: 'running' });
    expect((await query(cookie, 'chat.list')).result.items[0]!.latestRun).toEqual({ id: runId, status: 'running' });
  });
});
