import { describe, expect, it } from 'vitest';
import { sampleChat } from '#components/testing/sample-views.ts';
import type { ChatListItem } from '#domain/chat-view';
import { applyActivity, type ChatListPage } from './chat-list-pages.ts';

const chat = (id: string, minute: number, given: Partial<ChatListItem> = {}): ChatListItem =>
  sampleChat({ id, title: id, lastActivityAt: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`, ...given });
const pages: ChatListPage[] = [
  { items: [chat('d', 40), chat('c', 30)], nextCursor: 'x' },
  { items: [chat('b', 20)], nextCursor: 'y' },
];
const idsOf = (list: ChatListPage[]) => list.map(({ items }) => items.map(({ id }) => id));

describe('applyActivity', () => {
  it('puts a new chat first', () => {
    expect(idsOf(applyActivity(pages, { type: 'chat', chat: chat('e', 50) }, 'current'))).toEqual([['e', 'd', 'c'], ['b']]);
  });

  it('moves a chat by its latest activity, over pages too', () => {
    expect(idsOf(applyActivity(pages, { type: 'chat', chat: chat('b', 35) }, 'current'))).toEqual([['d', 'b', 'c'], []]);
  });

  it('changes a chat in its place', () => {
    const titlesAfter = (renamed: ChatListItem) =>
      applyActivity(pages, { type: 'chat', chat: renamed }, 'current').flatMap(({ items }) => items.map(({ title }) => title));
    expect(titlesAfter(chat('c', 30, { title: 'New' }))).toEqual(['d', 'New', 'b']);
    expect(titlesAfter(chat('b', 20, { title: 'New' }))).toEqual(['d', 'c', 'New']);
  });

  it('drops removed and archived chats', () => {
    expect(idsOf(applyActivity(pages, { type: 'removed', chatId: 'c' }, 'current'))).toEqual([['d'], ['b']]);
    const archived = chat('c', 30, { archivedAt: '2026-01-02T00:00:00.000Z' });
    expect(idsOf(applyActivity(pages, { type: 'chat', chat: archived }, 'current'))).toEqual([['d'], ['b']]);
  });

  it('leaves out a chat older than all that is loaded, while there is more to load', () => {
    expect(idsOf(applyActivity(pages, { type: 'chat', chat: chat('a', 1) }, 'current'))).toEqual([['d', 'c'], ['b']]);
  });

  it('keeps in each list what belongs there', () => {
    const none = [{ items: [], nextCursor: null }];
    const pinned = chat('p', 1, { pinnedAt: '2026-01-02T00:00:00.000Z' });
    const archived = { ...pinned, archivedAt: '2026-01-02T00:00:00.000Z' };
    const listsOf = (item: ChatListItem) =>
      (['current', 'pinned', 'archived'] as const).filter(
        (list) => applyActivity(none, { type: 'chat', chat: item }, list)[0]!.items.length > 0,
      );
    expect(listsOf(chat('a', 1))).toEqual(['current']);
    expect(listsOf(pinned)).toEqual(['current', 'pinned']);
    expect(listsOf(archived)).toEqual(['archived']);
  });

  it('begins an empty list', () => {
    const none = [{ items: [], nextCursor: null }];
    expect(idsOf(applyActivity(none, { type: 'chat', chat: chat('a', 1) }, 'current'))).toEqual([['a']]);
  });
});
