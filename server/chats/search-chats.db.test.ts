import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { TextSegment } from '#domain/chat-search';
import { insertChat, type TestChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { archiveChat, deleteChat, renameChat, restoreDeletedChat } from './change-chat.ts';
import { searchChats } from './search-chats.ts';

const marked = (segments: TextSegment[]) => segments.map(({ text, isHit }) => (isHit ? `<${text}>` : text)).join('');

describe('searchChats', () => {
  const context = useRunDatabase();

  async function say(chat: TestChat, text: string, { daysAgo = 0, parts }: { daysAgo?: number; parts?: object[] } = {}) {
    const id = uuidv7();
    await context.db.prisma.message.create({
      data: {
        id,
        chatId: chat.chatId,
        workspaceId: chat.workspaceId,
        role: 'user',
        status: 'completed',
        parts: parts ?? [{ type: 'text', text }],
        revision: 1,
        createdAt: new Date(Date.now() - daysAgo * 86_400_000),
      },
    });
    return id;
  }

  const search = async (person: TestChat, query: string, offset = 0) =>
    (await searchChats(context.db, person, { query, offset })).items;
  const find = async (person: TestChat, query: string) => (await search(person, query)).map(({ message }) => message?.id);

  it('finds messages that have all words, in any case, the last one perhaps unfinished', async () => {
    const person = await insertChat(context.db);
    const id = await say(person, 'The Red boats of Übersee');
    await say(person, 'A red car');
    expect(await find(person, 'boa RED')).toEqual([]);
    expect(await find(person, 'RED boa')).toEqual([id]);
    expect(await find(person, 'übers')).toEqual([id]);
    expect(marked((await search(person, 'red boa'))[0]!.message!.snippet)).toBe('The <Red> <boats> of Übersee');
  });

  it('finds the parts of paths and addresses, and characters of scripts without blanks', async () => {
    const person = await insertChat(context.db);
    const path = await say(person, 'see server/runs/claim.ts (by jo@example.com)');
    const dense = await say(person, '私は京都に住んでいます');
    expect(await find(person, 'claim')).toEqual([path]);
    expect(await find(person, 'server/runs/claim.ts')).toEqual([path]);
    expect(await find(person, 'example')).toEqual([path]);
    expect(await find(person, '京都')).toEqual([dense]);
    expect(await find(person, '都京')).toEqual([]);
  });

  it('finds what is said, not what was thought or given to tools', async () => {
    const person = await insertChat(context.db);
    const parts = [
      { type: 'reasoning', text: 'pondering' },
      { type: 'tool-clock', input: { zone: 'pondering' } },
      { type: 'text', text: 'said' },
    ];
    const id = await say(person, '', { parts });
    expect(await find(person, 'pondering')).toEqual([]);
    expect(await find(person, 'said')).toEqual([id]);
  });

  it('finds what was sent, not what waits to be', async () => {
    const person = await insertChat(context.db);
    const id = await say(person, 'a lighthouse');
    const waiting = { status: 'queued', queuePosition: 1, queuedRun: {} } as const;
    await context.db.prisma.message.update({ where: { chatId_id: { chatId: person.chatId, id } }, data: waiting });
    expect(await find(person, 'lighthouse')).toEqual([]);
  });

  it('finds titles by any part, before messages', async () => {
    const person = await insertChat(context.db);
    await renameChat(context.db, person, 'Harbour 100% plan');
    const id = await say(person, 'the harbour in the plan');
    expect(await find(person, 'plan harbour')).toEqual([undefined, id]);
    const [title] = await search(person, '0% pl');
    expect(title).toMatchObject({ chatId: person.chatId, message: null });
    expect(marked(title!.title)).toBe('Harbour 10<0%> <pl>an');
  });

  it('puts the newer of two like messages first', async () => {
    const person = await insertChat(context.db);
    const old = await say(person, 'anchor chain', { daysAgo: 300 });
    const fresh = await say(person, 'anchor chain');
    expect(await find(person, 'anchor')).toEqual([fresh, old]);
  });

  it('pages without missing or repeating', async () => {
    const person = await insertChat(context.db);
    const ids = [];
    for (let n = 0; n < 45; n++) ids.push(await say(person, 'many words', { daysAgo: n }));
    const pages = [];
    for (let cursor: string | null = '0'; cursor !== null; ) {
      const page = await searchChats(context.db, person, { query: 'many', offset: Number(cursor) });
      pages.push(page.items.map(({ message }) => message!.id));
      cursor = page.nextCursor;
    }
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 5]);
    expect(pages.flat()).toEqual(ids);
  });

  it('finds archived chats, and no deleted ones until they are restored', async () => {
    const person = await insertChat(context.db);
    const id = await say(person, 'keel');
    await archiveChat(context.db, person, true);
    expect((await search(person, 'keel'))[0]!.archivedAt).not.toBeNull();
    await deleteChat(context.db, person, person.userId);
    expect(await find(person, 'keel')).toEqual([]);
    await restoreDeletedChat(context.db, person, person.chatId);
    expect(await find(person, 'keel')).toEqual([id]);
  });

  it('never finds what others own, not even in the same workspace', async () => {
    const [ann, bob] = [await insertChat(context.db), await insertChat(context.db)];
    await renameChat(context.db, ann, 'Secret rudder');
    await say(ann, 'secret rudder');
    expect(await search(bob, 'rudder')).toEqual([]);
    expect(await search({ ...bob, workspaceId: ann.workspaceId }, 'rudder')).toEqual([]);
    expect(await search({ ...ann, workspaceId: bob.workspaceId }, 'rudder')).toEqual([]);
    expect(await search(bob, `workspace-${ann.workspaceId}`)).toEqual([]);
    expect(await search(ann, 'rudder')).toHaveLength(2);
  });

  it.each(['***', `' OR 1=1 --`, '\\', ':*', '<->', '!a', "a'", '🚢', '\u{1f6a2}\u{20000}'])(
    'takes %s for text, whatever it means elsewhere',
    async (query) => {
      const person = await insertChat(context.db);
      await say(person, 'nothing of it');
      expect(await search(person, query)).toEqual([]);
    },
  );

  it.each([
    ['long words', () => 'x'.repeat(3_000_000)],
    ['many words', () => Array.from({ length: 400_000 }, (_, n) => n.toString(36)).join(' ')],
    ['many characters of a dense script', () => String.fromCodePoint(...Array.from({ length: 20_000 }, (_, n) => 0x4e00 + n)).repeat(20)],
    ['addresses', () => Array.from({ length: 60_000 }, (_, n) => `https://${n}.example.com/${n}?q=${n}`).join(' ')],
  ])('lets any message be stored: %s', async (_, textOf) => {
    const person = await insertChat(context.db);
    await say(person, `first ${textOf()}`);
    expect(await search(person, 'first')).toHaveLength(1);
  });
});
