import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { scriptedMarkdown } from './scripted-markdown.ts';

/** With it the last message of an inserted chat ends. */
export const endingOfChat = 'So ends this long chat.';

const partsOf = (text: string) => JSON.stringify([{ type: 'text', text }]);

/** Questions and answers in turn; answers are prose, lists, tables and code of 150 to 450 tokens. */
function textOf(index: number, count: number): string {
  if (index % 2 === 0) return `Question ${index / 2 + 1}: how is the lease of run ${index} kept, and what happens when it ends?`;
  const answer = scriptedMarkdown(150 + ((index * 37) % 300));
  return index === count - 1 ? `${scriptedMarkdown(150)}\n\`\`\`\n\n${endingOfChat}` : answer;
}

/**
 * Put messages straight into a chat that has none: a chat that took months to grow.
 *
 * @param count even: the last one is an answer
 */
export async function insertLongChat(databaseUrl: string, chatId: string, count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => randomUUID());
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
        ids.map((_, index) => partsOf(textOf(index, count))),
      ],
    );
    await client.query('UPDATE chat SET revision = 1, current_leaf_id = $2 WHERE id = $1', [chatId, ids.at(-1)]);
  } finally {
    await client.end();
  }
}
