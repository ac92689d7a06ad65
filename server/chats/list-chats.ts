import type { ChatListItem } from '#domain/chat-view';
import type { RunDatabase } from '#server/runs/run-database';
import { type ChatRow, selectChats, toChatListItem } from './chat-row.ts';
import { encodePageCursor, type PagePosition } from './page-cursor.ts';
import { escapeLike } from './search-words.ts';

const pageSize = 50;

/** A person in a workspace. */
export type Membership = { userId: string; workspaceId: string };

export type ListChatsFilter = {
  /** where the previous page ended */
  after: PagePosition | null;
  /** part of the title, in any case */
  search?: string | undefined;
  archived: boolean;
  /** only what the person keeps above the others */
  pinned: boolean;
};

/**
 * A page of the person's chats, the latest activity first.
 *
 * @returns nextCursor is null on the last page
 */
export async function listChats(
  db: Pick<RunDatabase, 'pool'>,
  { userId, workspaceId }: Membership,
  { after, search, archived, pinned }: ListChatsFilter,
): Promise<{ items: ChatListItem[]; nextCursor: string | null }> {
  const { rows } = await db.pool.query<ChatRow>(
    `${selectChats}
       AND chat.deleted_at IS NULL AND (chat.archived_at IS NOT NULL) = $3 AND (NOT $8 OR member.pinned_at IS NOT NULL)
       AND ($4::text IS NULL OR chat.title ILIKE '%' || $4 || '%')
       AND ($5::timestamptz IS NULL OR (chat.last_activity_at, chat.id) < ($5::timestamptz, $6::uuid))
     ORDER BY chat.last_activity_at DESC, chat.id DESC LIMIT $7`,
    [
      userId,
      workspaceId,
      archived,
      search ? escapeLike(search) : null,
      after?.lastActivityAt ?? null,
      after?.id ?? null,
      pageSize + 1,
      pinned,
    ],
  );
  const items = rows.slice(0, pageSize).map(toChatListItem);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > pageSize ? encodePageCursor(last) : null };
}

/** One line; null for what the person may not see and for what was deleted. */
export async function findChat(
  db: Pick<RunDatabase, 'pool'>,
  { userId, workspaceId }: Membership,
  chatId: string,
): Promise<ChatListItem | null> {
  const { rows } = await db.pool.query<ChatRow>(`${selectChats} AND chat.id = $3 AND chat.deleted_at IS NULL`, [
    userId,
    workspaceId,
    chatId,
  ]);
  return rows[0] ? toChatListItem(rows[0]) : null;
}
