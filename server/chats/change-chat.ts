/** The changes a person makes to a chat: one guarded statement each, then a hint to whoever watches. */
import { v7 as uuidv7 } from 'uuid';
import { isWaiting } from '#server/runs/queue';
import type { RunDatabase } from '#server/runs/run-database';
import type { Membership } from './list-chats.ts';

type Db = Pick<RunDatabase, 'pool' | 'hints'>;
type ChatKey = { workspaceId: string; chatId: string };

/**
 * Make an empty chat that belongs to the person.
 *
 * @returns its id
 */
export async function createChat(db: Db, { userId, workspaceId }: Membership, title: string): Promise<string> {
  const chatId = uuidv7();
  await db.pool.query(
    `WITH made AS (
       INSERT INTO chat (id, workspace_id, created_by_id, title) VALUES ($1, $2, $3, $4) RETURNING id, workspace_id
     )
     INSERT INTO chat_member (chat_id, user_id, workspace_id, role) SELECT id, $3, workspace_id, 'owner' FROM made`,
    [chatId, workspaceId, userId, title],
  );
  db.hints.chatChanged({ workspaceId, chatId });
  return chatId;
}

/** @returns false when the chat is gone */
export async function renameChat(db: Db, key: ChatKey, title: string): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `UPDATE chat SET title = $3, revision = revision + 1, updated_at = now()
      WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL`,
    [key.chatId, key.workspaceId, title],
  );
  return tellWhenChanged(db, key, rowCount);
}

/**
 * Put a chat away, or take it out again.
 *
 * @returns false when the chat is gone
 */
export async function archiveChat(db: Db, key: ChatKey, archived: boolean): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `UPDATE chat SET archived_at = CASE WHEN $3 THEN coalesce(archived_at, now()) END,
                     revision = revision + 1, updated_at = now()
      WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL`,
    [key.chatId, key.workspaceId, archived],
  );
  return tellWhenChanged(db, key, rowCount);
}

/** For so long a deleted chat can be taken back by whoever deleted it. */
const restorableMinutes = 10;

/**
 * Soft delete: nobody sees the chat any more and no run can start in it. What is running is for the caller to stop.
 *
 * @returns false when the chat is gone already
 */
export async function deleteChat(db: Db, key: ChatKey, userId: string): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `UPDATE chat SET deleted_at = now(), deleted_by_id = $3, revision = revision + 1, updated_at = now()
      WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL`,
    [key.chatId, key.workspaceId, userId],
  );
  return tellWhenChanged(db, key, rowCount);
}

/**
 * Take back what this person has deleted a short while ago. A run that the deletion has stopped stays stopped, and what
 * was queued waits for a person's word, whether or not that stop had come to hold it.
 *
 * @returns false when there is nothing for this person to take back (any more)
 */
export async function restoreDeletedChat(
  db: Db,
  { userId, workspaceId }: Membership,
  chatId: string,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `WITH restored AS (
       UPDATE chat SET deleted_at = NULL, deleted_by_id = NULL, revision = revision + 1, updated_at = now()
         FROM chat_member AS member
        WHERE chat.id = $1 AND chat.workspace_id = $2 AND chat.deleted_by_id = $3
          AND chat.deleted_at > now() - make_interval(mins => $4)
          AND member.chat_id = chat.id AND member.user_id = $3 AND member.role <> 'viewer'
       RETURNING chat.id, chat.revision
     ), held AS (
       UPDATE message SET queue_held_at = now(), revision = restored.revision, updated_at = now()
         FROM restored WHERE message.chat_id = restored.id AND ${isWaiting}
     )
     SELECT FROM restored`,
    [chatId, workspaceId, userId, restorableMinutes],
  );
  return tellWhenChanged(db, { workspaceId, chatId }, rowCount);
}

/**
 * Keep a chat above the others in this person's list, or no longer.
 *
 * @returns false when the chat is gone
 */
export async function pinChat(
  db: Db,
  { userId, workspaceId, chatId }: Membership & { chatId: string },
  pinned: boolean,
): Promise<boolean> {
  // Touching updated_at tells the person's other tabs.
  const { rowCount } = await db.pool.query(
    `WITH touched AS (
       UPDATE chat SET updated_at = now() WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL RETURNING id
     )
     UPDATE chat_member SET pinned_at = CASE WHEN $4 THEN coalesce(pinned_at, now()) END
       FROM touched WHERE chat_member.chat_id = touched.id AND chat_member.user_id = $3`,
    [chatId, workspaceId, userId, pinned],
  );
  return tellWhenChanged(db, { workspaceId, chatId }, rowCount);
}

/**
 * The person has seen all that is said in the chat by now.
 *
 * @returns false when there was nothing new to them, or the chat is gone
 */
export async function markChatRead(db: Db, { userId, workspaceId }: Membership, chatId: string): Promise<boolean> {
  // Touching updated_at tells the person's other tabs; the guard keeps two of them from telling each other for ever.
  const { rowCount } = await db.pool.query(
    `WITH touched AS (
       UPDATE chat SET updated_at = now()
         FROM chat_member AS member
        WHERE chat.id = $1 AND chat.workspace_id = $2 AND chat.deleted_at IS NULL
          AND member.chat_id = chat.id AND member.user_id = $3 AND member.last_read_revision < chat.revision
       RETURNING chat.id, chat.revision
     )
     UPDATE chat_member SET last_read_revision = greatest(last_read_revision, touched.revision)
       FROM touched WHERE chat_member.chat_id = touched.id AND chat_member.user_id = $3`,
    [chatId, workspaceId, userId],
  );
  return tellWhenChanged(db, { workspaceId, chatId }, rowCount);
}

function tellWhenChanged(db: Db, key: ChatKey, rowCount: number | null): boolean {
  if (!rowCount) return false;
  db.hints.chatChanged({ workspaceId: key.workspaceId, chatId: key.chatId });
  return true;
}
