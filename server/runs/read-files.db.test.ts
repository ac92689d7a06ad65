import { describe, expect, it } from 'vitest';
import { useRunDatabase } from '#server/testing/run-database';
import { insertChat, type TestChat } from '#server/testing/run-factories';
import { readChatFiles } from './read-files.ts';

const store = useRunDatabase();

async function insertFile({ workspaceId, userId, chatId }: TestChat, size: number): Promise<string> {
  const id = crypto.randomUUID();
  const bytes = Buffer.alloc(size, 'a');
  await store.db.prisma.file.create({
    data: { id, workspaceId, createdById: userId, name: 'a', mediaType: 'text/plain', byteSize: size, sha256: '', bytes },
  });
  await store.db.prisma.chatFile.create({ data: { chatId, fileId: id, workspaceId } });
  return id;
}

describe('readChatFiles', () => {
  it('reads the files of the chat and of no other', async () => {
    const [chat, other] = [await insertChat(store.db), await insertChat(store.db)];
    const [mine, theirs] = [await insertFile(chat, 3), await insertFile(other, 3)];
    const files = await readChatFiles(store.db, chat.chatId, [mine, theirs, crypto.randomUUID()]);
    expect(files.map(({ id, bytes }) => [id, bytes.toString()])).toEqual([[mine, 'aaa']]);
  });

  it('stops where it would be too much, in the order in which it was asked', async () => {
    const chat = await insertChat(store.db);
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push(await insertFile(chat, 10_000_000));
    const read = async (asked: string[]) => (await readChatFiles(store.db, chat.chatId, asked)).map(({ id }) => id).toSorted();
    expect(await read(ids)).toEqual(ids.slice(0, 3).toSorted());
    expect(await read(ids.toReversed())).toEqual(ids.slice(1).toSorted());
  });
});
