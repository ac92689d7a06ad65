/** The branch that is shown: from chat.current_leaf_id up to the first message. */
import type pg from 'pg';
import { RunFault } from './errors.ts';
import type { RunDatabase } from './run-database.ts';

/** `path`: the messages of the shown branch of chat $1. */
const shownPath = `WITH RECURSIVE path AS (
  SELECT message.id, message.parent_id FROM chat JOIN message ON message.chat_id = chat.id AND message.id = chat.current_leaf_id
   WHERE chat.id = $1
  UNION ALL
  SELECT parent.id, parent.parent_id FROM message AS parent JOIN path ON parent.chat_id = $1 AND parent.id = path.parent_id
)`;

/** Ids of the messages that are shown. */
export async function listShownIds(db: Pick<RunDatabase, 'pool'>, chatId: string): Promise<Set<string>> {
  const { rows } = await db.pool.query<{ id: string }>(`${shownPath} SELECT id FROM path`, [chatId]);
  return new Set(rows.map(({ id }) => id));
}

/** What is written on must be seen: turn to the branch of this message if another one is shown. Under the chat's lock. */
export async function showMessage(client: pg.ClientBase, place: { chatId: string; messageId: string }): Promise<void> {
  const { rows } = await client.query<{ is_shown: boolean }>(
    `${shownPath} SELECT EXISTS (SELECT FROM path WHERE id = $2) AS is_shown`,
    [place.chatId, place.messageId],
  );
  if (!rows[0]?.is_shown) await turnTo(client, place);
}

export type Turned = { leafId: string; isNews: boolean };

/**
 * Show the branch with this message, down to the newest one below it. Under the chat's lock. A message that waits for its
 * turn is on no branch yet.
 *
 * @throws RunFault NOT_FOUND
 */
export async function turnTo(client: pg.ClientBase, place: { chatId: string; messageId: string }): Promise<Turned> {
  const { rows } = await client.query<Turned>(
    `WITH RECURSIVE below AS (
       SELECT id, created_at FROM message
        WHERE chat_id = $1 AND id = $2 AND deleted_at IS NULL AND status <> 'queued'
       UNION ALL
       SELECT child.id, child.created_at FROM message AS child JOIN below ON child.chat_id = $1 AND child.parent_id = below.id
        WHERE child.deleted_at IS NULL AND child.status <> 'queued'
     ), leaf AS (
       SELECT id FROM below
        WHERE NOT EXISTS (SELECT FROM message AS child
                           WHERE child.chat_id = $1 AND child.parent_id = below.id
                             AND child.deleted_at IS NULL AND child.status <> 'queued')
        ORDER BY created_at DESC, id DESC LIMIT 1
     ), turned AS (
       UPDATE chat SET current_leaf_id = leaf.id, revision = revision + 1, branch_revision = revision + 1, updated_at = now()
         FROM leaf WHERE chat.id = $1 AND chat.current_leaf_id IS DISTINCT FROM leaf.id
       RETURNING chat.id
     )
     SELECT leaf.id AS "leafId", EXISTS (SELECT FROM turned) AS "isNews" FROM leaf`,
    [place.chatId, place.messageId],
  );
  if (!rows[0]) throw new RunFault('NOT_FOUND', 'no such message');
  return rows[0];
}
