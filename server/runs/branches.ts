/** Which branch of a chat's messages is shown: the one that ends in chat.current_leaf_id. */
import type pg from 'pg';
import { inChat } from './enqueue.ts';
import { RunFault } from './errors.ts';
import { findActiveRunId } from './queue.ts';
import type { RunDatabase } from './run-database.ts';

export type SelectBranchInput = { workspaceId: string; chatId: string; messageId: string };

/**
 * Show the branch with this message, down to the newest message below it. Refused while the chat is being answered:
 * the answer in progress is always on the shown branch, so that whoever watches sees what Stop would stop, and what is
 * queued behind it follows it. What is held will follow the branch that is shown when it goes out.
 *
 * @returns the last message of the branch; repeating changes nothing
 * @throws RunFault NOT_FOUND, RUN_ACTIVE
 */
export async function selectBranch(db: RunDatabase, input: SelectBranchInput): Promise<{ leafId: string }> {
  const turned = await inChat(db, input, async (client) => {
    const activeId = await findActiveRunId(client, input.chatId);
    if (activeId) throw new RunFault('RUN_ACTIVE', 'this chat is being answered', activeId);
    return turnTo(client, input);
  });
  if (turned.isNews) db.hints.chatChanged(input);
  return { leafId: turned.leafId };
}

/** An answer that is written on must be seen: turn to its branch if another one is shown. Under the chat's lock. */
export async function showMessage(client: pg.ClientBase, place: { chatId: string; messageId: string }): Promise<void> {
  const { rows } = await client.query<{ is_shown: boolean }>(
    `WITH RECURSIVE path AS (
       SELECT message.id, message.parent_id FROM chat JOIN message ON message.chat_id = chat.id AND message.id = chat.current_leaf_id
        WHERE chat.id = $1
       UNION ALL
       SELECT parent.id, parent.parent_id FROM message AS parent JOIN path ON parent.chat_id = $1 AND parent.id = path.parent_id
     )
     SELECT EXISTS (SELECT FROM path WHERE id = $2) AS is_shown`,
    [place.chatId, place.messageId],
  );
  if (!rows[0]?.is_shown) await turnTo(client, place);
}

type Turned = { leafId: string; isNews: boolean };

/** Under the chat's lock. A message that waits for its turn is on no branch yet. */
async function turnTo(client: pg.ClientBase, place: { chatId: string; messageId: string }): Promise<Turned> {
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
