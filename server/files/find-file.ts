import type { UploadedFile } from '#domain/file-part';
import type { RunDatabase } from '#server/runs/run-database';

type Db = Pick<RunDatabase, 'pool'>;
type Person = { workspaceId: string; userId: string };

export type FileContent = { name: string; mediaType: string; bytes: Buffer };

/** A file that the person may see: their own until it is sent, then that of any chat they are a member of. */
export async function findFile(db: Db, person: Person, fileId: string): Promise<FileContent | null> {
  const { rows } = await db.pool.query<FileContent>(
    `SELECT name, media_type AS "mediaType", bytes FROM file
      WHERE id = $1 AND workspace_id = $2
        AND CASE WHEN EXISTS (SELECT FROM chat_file WHERE file_id = file.id)
              THEN EXISTS (SELECT FROM chat_file
                             JOIN chat ON chat.id = chat_file.chat_id AND chat.deleted_at IS NULL
                             JOIN chat_member AS member ON member.chat_id = chat.id AND member.user_id = $3
                            WHERE chat_file.file_id = file.id)
              ELSE created_by_id = $3 END`,
    [fileId, person.workspaceId, person.userId],
  );
  return rows[0] ?? null;
}

/** Those of the files that the person may put into a message of the chat: their own, and what the chat has already. */
export async function findSendableFiles(
  db: Db,
  { workspaceId, userId, chatId }: Person & { chatId: string },
  fileIds: readonly string[],
): Promise<UploadedFile[]> {
  const { rows } = await db.pool.query<UploadedFile>(
    `SELECT id, name, media_type AS "mediaType", byte_size AS size FROM file
      WHERE id = ANY ($1::uuid[]) AND workspace_id = $2
        AND (created_by_id = $3 OR EXISTS (SELECT FROM chat_file WHERE file_id = file.id AND chat_id = $4))`,
    [fileIds, workspaceId, userId, chatId],
  );
  return rows;
}
