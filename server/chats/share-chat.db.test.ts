import { describe, expect, it } from 'vitest';
import { useRunDatabase } from '#server/testing/run-database';
import { insertChat, type TestChat } from '#server/testing/run-factories';
import { deleteChat, renameChat } from './change-chat.ts';
import { findChat } from './list-chats.ts';
import { findShare, revokeShare, shareChat } from './share-chat.ts';

const store = useRunDatabase();

const linksOf = ({ chatId }: TestChat) => store.db.prisma.chatShare.findMany({ where: { chatId } });
const revisionOf = async ({ chatId }: TestChat) =>
  (await store.db.prisma.chat.findUniqueOrThrow({ where: { id: chatId } })).revision;

describe('shareChat', () => {
  it('makes a link that nobody can guess, and notes who made it', async () => {
    const chat = await insertChat(store.db);
    const share = await shareChat(store.db, chat);
    expect(share?.token).toMatch(/^[\w-]{32}$/);
    expect(await findShare(store.db, chat)).toEqual(share);
    expect(await linksOf(chat)).toMatchObject([{ workspaceId: chat.workspaceId, createdById: chat.userId, revokedAt: null }]);
  });

  it('gives the same link to whoever asks again or at the same time', async () => {
    const chat = await insertChat(store.db);
    const shares = await Promise.all(Array.from({ length: 8 }, () => shareChat(store.db, chat)));
    shares.push(await shareChat(store.db, chat));
    expect(new Set(shares.map((share) => share?.token)).size).toBe(1);
    expect(await linksOf(chat)).toHaveLength(1);
  });

  it('tells the lists since when, and only once', async () => {
    const chat = await insertChat(store.db);
    const readLine = () => findChat(store.db, chat, chat.chatId);
    expect(await readLine()).toMatchObject({ sharedAt: null });
    const share = await shareChat(store.db, chat);
    const line = await readLine();
    expect(line).toMatchObject({ sharedAt: share?.createdAt });
    await shareChat(store.db, chat);
    expect(await readLine()).toEqual(line);
  });

  it('makes no link of a deleted or foreign chat', async () => {
    const [chat, other] = [await insertChat(store.db), await insertChat(store.db)];
    expect(await shareChat(store.db, { ...chat, workspaceId: other.workspaceId })).toBeNull();
    await deleteChat(store.db, chat, chat.userId);
    expect(await shareChat(store.db, chat)).toBeNull();
    expect(await linksOf(chat)).toEqual([]);
  });
});

describe('revokeShare', () => {
  it('ends the link for ever: the next one is another', async () => {
    const chat = await insertChat(store.db);
    const first = await shareChat(store.db, chat);
    await revokeShare(store.db, chat);
    expect(await findShare(store.db, chat)).toBeNull();
    expect(await findChat(store.db, chat, chat.chatId)).toMatchObject({ sharedAt: null });
    const second = await shareChat(store.db, chat);
    expect(second?.token).not.toBe(first?.token);
    expect(await linksOf(chat)).toHaveLength(2);
  });

  it('raises the revision of the chat once, so that followers ask anew', async () => {
    const chat = await insertChat(store.db);
    await shareChat(store.db, chat);
    const before = await revisionOf(chat);
    await Promise.all([1, 2, 3].map(() => revokeShare(store.db, chat)));
    await revokeShare(store.db, chat);
    expect(await revisionOf(chat)).toBe(before + 1);
  });

  it('loses no revision to what happens to the chat at the same time', async () => {
    const chat = await insertChat(store.db);
    await shareChat(store.db, chat);
    const before = await revisionOf(chat);
    const renamings = Array.from({ length: 8 }, (_, i) => renameChat(store.db, chat, `Title ${i}`));
    await Promise.all([...renamings, revokeShare(store.db, chat)]);
    expect(await revisionOf(chat)).toBe(before + 9);
    expect(await findShare(store.db, chat)).toBeNull();
  });

  it('leaves the link to its own workspace', async () => {
    const [chat, other] = [await insertChat(store.db), await insertChat(store.db)];
    const share = await shareChat(store.db, chat);
    await revokeShare(store.db, { ...chat, workspaceId: other.workspaceId });
    expect(await findShare(store.db, { ...chat, workspaceId: other.workspaceId })).toBeNull();
    expect(await findShare(store.db, chat)).toEqual(share);
  });
});

describe('chat_share', () => {
  it('holds one link of a chat that works, and none that is short', async () => {
    const { chatId, workspaceId } = await insertChat(store.db);
    const insert = (token: string) =>
      store.db.pool.query(
        'INSERT INTO chat_share (id, workspace_id, chat_id, token) VALUES (gen_random_uuid(), $1, $2, $3)',
        [workspaceId, chatId, token],
      );
    await expect(insert('short')).rejects.toMatchObject({ constraint: 'chat_share_token_length' });
    await insert('a'.repeat(32));
    await expect(insert('b'.repeat(32))).rejects.toMatchObject({ constraint: 'chat_share_one_per_chat' });
  });
});
