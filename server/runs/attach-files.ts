import type pg from 'pg';
import { fileAddress, fileIdsIn } from '#domain/file-part';
import type { ChatMessage } from '#domain/message-view';

/**
 * The files that a message holds become the chat's: its members see them, and no sweep takes them. To be called in the
 * transaction that stores the message. A file that is gone breaks chat_file_workspace_id_file_id_fkey, at the commit.
 */
export async function attachFiles(
  client: pg.ClientBase,
  { workspaceId, chatId }: { workspaceId: string; chatId: string },
  parts: ChatMessage['parts'],
): Promise<void> {
  const fileIds = fileIdsIn(parts);
  if (fileIds.length === 0) return;
  await client.query(
    `INSERT INTO chat_file (chat_id, file_id, workspace_id) SELECT $1, unnest($2::uuid[]), $3 ON CONFLICT DO NOTHING`,
    [chatId, fileIds, workspaceId],
  );
}

/**
 * The files of a message that was taken back leave the chat, unless another message of it holds them. They are unsent then,
 * as before. To be called in the transaction that takes it back.
 */
export async function detachFiles(
  client: pg.ClientBase,
  { chatId, messageId }: { chatId: string; messageId: string },
  parts: ChatMessage['parts'],
): Promise<void> {
  const fileIds = fileIdsIn(parts);
  if (fileIds.length === 0) return;
  await client.query(
    `DELETE FROM chat_file
      WHERE chat_id = $1 AND file_id = ANY ($3::uuid[])
        AND NOT EXISTS (
          SELECT FROM message
           WHERE message.chat_id = $1 AND message.id <> $2 AND message.deleted_at IS NULL
             AND message.parts @> jsonb_build_array(jsonb_build_object('url', $4::text || chat_file.file_id)))`,
    [chatId, messageId, fileIds, fileAddress('')],
  );
}
