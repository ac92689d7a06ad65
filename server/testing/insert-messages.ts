import { randomUUID } from 'node:crypto';
import pg from 'pg';

/**
 * Put finished messages straight into a chat that has none.
 *
 * @param messages the parts of each; questions and answers in turn
 */
export async function insertMessages(databaseUrl: string, chatId: string, messages: readonly object[][]): Promise<void> {
  const ids = messages.map(() => randomUUID());
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO message (id, chat_id, workspace_id, parent_id, author_id, role, status, parts, revision)
       SELECT one.id, chat.id, chat.workspace_id, one.parent_id, CASE one.role WHEN 'user' THEN chat.created_by_id END,
              one.role::message_role, 'completed', one.parts::jsonb, 1
         FROM chat, unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS one (id, parent_id, role, parts)
        WHERE chat.id = $1`,
      [
        chatId,
        ids,
        [null, ...ids.slice(0, -1)],
        ids.map((_, index) => (index % 2 === 0 ? 'user' : 'assistant')),
        messages.map((parts) => JSON.stringify(parts)),
      ],
    );
    await client.query('UPDATE chat SET revision = 1, current_leaf_id = $2 WHERE id = $1', [chatId, ids.at(-1)]);
  } finally {
    await client.end();
  }
}
