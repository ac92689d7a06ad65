import type pg from 'pg';
import { fileIdsIn } from '#domain/file-part';
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
