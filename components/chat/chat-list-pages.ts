import type { ChatActivityEvent, ChatListItem } from '#domain/chat-view';

export type ChatListPage = { items: ChatListItem[]; nextCursor: string | null };

/** The lists that a person's chats are kept in. What is pinned stands in `current` too. */
export const chatLists = {
  current: { input: {}, holds: (chat: ChatListItem) => chat.archivedAt === null },
  pinned: { input: { pinned: true }, holds: (chat: ChatListItem) => chat.archivedAt === null && chat.pinnedAt !== null },
  archived: { input: { archived: true }, holds: (chat: ChatListItem) => chat.archivedAt !== null },
} as const;

export type ChatListName = keyof typeof chatLists;

/** What an activity event makes of a list's loaded pages: the latest activity first, what it does not hold gone. */
export function applyActivity(
  pages: readonly ChatListPage[],
  event: ChatActivityEvent,
  list: ChatListName,
): ChatListPage[] {
  const chatId = event.type === 'removed' ? event.chatId : event.chat.id;
  const others = pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => id !== chatId) }));
  if (event.type === 'removed' || !chatLists[list].holds(event.chat)) return others;
  const wasLoaded = pages.some(({ items }) => items.some(({ id }) => id === chatId));
  return insertChat(others, event.chat, wasLoaded);
}

/** A chat older than everything loaded belongs to a page that is not, unless it was the oldest loaded one itself. */
function insertChat(pages: ChatListPage[], chat: ChatListItem, wasLoaded: boolean): ChatListPage[] {
  for (const [index, page] of pages.entries()) {
    const at = page.items.findIndex((item) => item.lastActivityAt <= chat.lastActivityAt);
    if (at >= 0) return pages.with(index, { ...page, items: page.items.toSpliced(at, 0, chat) });
  }
  const last = pages.at(-1);
  if (!last || (last.nextCursor !== null && !wasLoaded)) return pages;
  return pages.with(-1, { ...last, items: [...last.items, chat] });
}
