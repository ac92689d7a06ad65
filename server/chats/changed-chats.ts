/** What changed in a person's chats: the reads behind chat.activity. */
import type { ChatActivityEvent } from '#domain/chat-view';
import type { RunDatabase } from '#server/runs/run-database';
import { type ChatRow, selectChats, toChatListItem } from './chat-row.ts';
import type { Membership } from './list-chats.ts';

type Db = Pick<RunDatabase, 'pool'>;

const pageSize = 200;
const firstId = '00000000-0000-0000-0000-000000000000';

/** The named chats as they are now; those that the person may not see are left out. */
export async function readChats(db: Db, { userId, workspaceId }: Membership, chatIds: string[]) {
  const { rows } = await db.pool.query<ChatRow>(`${selectChats} AND chat.id = ANY ($3::uuid[])`, [
    userId,
    workspaceId,
    chatIds,
  ]);
  return rows.map(toActivity);
}

/** The chats that changed last, oldest change first. */
export async function readLatestChanges(db: Db, { userId, workspaceId }: Membership, limit: number) {
  const { rows } = await db.pool.query<ChatRow>(
    `${selectChats} ORDER BY chat.updated_at DESC, chat.id DESC LIMIT $3`,
    [userId, workspaceId, limit],
  );
  return rows.toReversed().map(toActivity);
}

/** Every change after an instant (database clock), oldest first. */
export async function readChangesAfter(db: Db, { userId, workspaceId }: Membership, after: Date) {
  const changes: ChatActivityEvent[] = [];
  let last = { updated_at: after, id: firstId };
  for (;;) {
    const { rows } = await db.pool.query<ChatRow>(
      `${selectChats} AND (chat.updated_at, chat.id) > ($3::timestamptz, $4::uuid)
       ORDER BY chat.updated_at, chat.id LIMIT $5`,
      [userId, workspaceId, last.updated_at, last.id, pageSize],
    );
    changes.push(...rows.map(toActivity));
    if (rows.length < pageSize) return changes;
    last = rows.at(-1)!;
  }
}

/** The database's clock. */
export async function readNow(db: Db): Promise<Date> {
  const { rows } = await db.pool.query<{ now: Date }>('SELECT now()');
  return rows[0]!.now;
}

function toActivity(row: ChatRow): ChatActivityEvent {
  return row.deleted_at ? { type: 'removed', chatId: row.id } : { type: 'chat', chat: toChatListItem(row) };
}
