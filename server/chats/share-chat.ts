/** The link with which anybody may read a chat: at most one that works, and one that was revoked never works again. */
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { ShareView } from '#domain/share-view';
import type { RunDatabase } from '#server/runs/run-database';

type Db = Pick<RunDatabase, 'pool' | 'hints'>;
type ChatKey = { workspaceId: string; chatId: string };
type ShareRow = { token: string; created_at: Date };

const tokenBytes = 24;

/**
 * The chat's link, made where there is none. Who asks twice, or at the same time as another, gets the same one.
 *
 * @returns null when the chat is gone
 */
export async function shareChat(db: Db, key: ChatKey & { userId: string }): Promise<ShareView | null> {
  const { workspaceId, chatId, userId } = key;
  // Touching updated_at tells the person's other tabs. An update that changes nothing returns the row that is there.
  const { rows } = await db.pool.query<ShareRow>(
    `WITH place AS (
       SELECT id, workspace_id FROM chat WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE
     ), share AS (
       INSERT INTO chat_share (id, workspace_id, chat_id, token, created_by_id)
       SELECT $3, workspace_id, id, $4, $5 FROM place
       ON CONFLICT (chat_id) WHERE revoked_at IS NULL DO UPDATE SET token = chat_share.token
       RETURNING chat_id, token, created_at, id = $3 AS is_new
     ), touched AS (
       UPDATE chat SET updated_at = now() FROM share WHERE chat.id = share.chat_id AND share.is_new
     )
     SELECT token, created_at FROM share`,
    [chatId, workspaceId, uuidv7(), randomBytes(tokenBytes).toString('base64url'), userId],
  );
  if (!rows[0]) return null;
  db.hints.chatChanged({ workspaceId, chatId });
  return toShareView(rows[0]);
}

/** The link that works; null where there is none. */
export async function findShare(db: Db, { workspaceId, chatId }: ChatKey): Promise<ShareView | null> {
  const { rows } = await db.pool.query<ShareRow>(
    'SELECT token, created_at FROM chat_share WHERE chat_id = $1 AND workspace_id = $2 AND revoked_at IS NULL',
    [chatId, workspaceId],
  );
  return rows[0] ? toShareView(rows[0]) : null;
}

/** From now on the link opens nothing. Nothing happens where there is none. */
export async function revokeShare(db: Db, { workspaceId, chatId }: ChatKey): Promise<void> {
  // The raised revision makes whoever follows ask again whether he may.
  await db.pool.query(
    `WITH place AS (
       SELECT id FROM chat WHERE id = $1 AND workspace_id = $2 FOR NO KEY UPDATE
     ), revoked AS (
       UPDATE chat_share SET revoked_at = now() FROM place
        WHERE chat_share.chat_id = place.id AND chat_share.revoked_at IS NULL
       RETURNING chat_share.chat_id
     )
     UPDATE chat SET revision = revision + 1, updated_at = now() FROM revoked WHERE chat.id = revoked.chat_id`,
    [chatId, workspaceId],
  );
  db.hints.chatChanged({ workspaceId, chatId });
}

/** What a chat is called; empty when nobody has named it. */
export async function readSharedTitle(db: Pick<Db, 'pool'>, { workspaceId, chatId }: ChatKey): Promise<string> {
  const { rows } = await db.pool.query<{ title: string }>('SELECT title FROM chat WHERE id = $1 AND workspace_id = $2', [
    chatId,
    workspaceId,
  ]);
  return rows[0]?.title ?? '';
}

const toShareView = ({ token, created_at: createdAt }: ShareRow): ShareView => ({
  token,
  createdAt: createdAt.toISOString(),
});
