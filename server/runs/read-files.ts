import { maxMessageFileBytes } from '#domain/file-limits';
import type { AgentFile } from './agent.ts';
import type { RunDatabase } from './run-database.ts';

/**
 * Files of a chat with their bytes, in the order in which they are asked for, up to the one with which they would be
 * more than a model can be sent. What is not of this chat is left out.
 */
export async function readChatFiles(
  db: Pick<RunDatabase, 'pool'>,
  chatId: string,
  fileIds: readonly string[],
): Promise<AgentFile[]> {
  const { rows } = await db.pool.query<AgentFile>(
    `SELECT file.id, file.bytes
       FROM (SELECT file.id, sum(file.byte_size) OVER (ORDER BY asked.position) AS bytes_so_far
               FROM unnest($2::uuid[]) WITH ORDINALITY AS asked (id, position)
               JOIN chat_file ON chat_file.file_id = asked.id AND chat_file.chat_id = $1
               JOIN file ON file.id = asked.id) AS fitting
       JOIN file ON file.id = fitting.id
      WHERE fitting.bytes_so_far <= $3`,
    [chatId, fileIds, maxMessageFileBytes],
  );
  return rows;
}
