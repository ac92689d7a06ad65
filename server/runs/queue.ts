/**
 * The queue: messages that were sent while the chat was being answered. They go out in order, one when the run before it
 * ends; what is held waits for a person's word. Everything here runs in a transaction that holds the chat's lock.
 */
import type pg from 'pg';
import { maxQueuedMessages } from '#domain/input-limits';
import type { ChatMessage } from '#domain/message-view';
import { ringDoorbell } from './doorbell.ts';
import { insertRun } from './enqueue.ts';
import { RunFault } from './errors.ts';
import type { MessageRow, QueuedRun } from './message-row.ts';
import type { RunDatabase } from './run-database.ts';
import type { RunRow } from './run-row.ts';

/** What is queued, held or not: a condition on `message`, for which the index message_queue stands ready. */
export const isQueued = `message.status = 'queued' AND message.deleted_at IS NULL`;
/** What goes out by itself. */
export const isWaiting = `${isQueued} AND message.queue_held_at IS NULL`;

export type MessageToQueue = {
  workspaceId: string;
  chatId: string;
  userId: string;
  message: { id: string; parts: ChatMessage['parts'] };
  run: QueuedRun;
  /** it goes before all others, held ones too */
  interrupts: boolean;
};

/** @throws RunFault QUEUE_FULL */
export async function queueMessage(client: pg.ClientBase, input: MessageToQueue): Promise<void> {
  const { chatId, workspaceId, userId, message, run, interrupts } = input;
  const { count, first, last } = await measureQueue(client, chatId);
  if (count >= maxQueuedMessages) throw new RunFault('QUEUE_FULL', 'too many messages are queued');
  await client.query(
    `WITH bumped AS (
       UPDATE chat SET revision = revision + 1, last_activity_at = now(), updated_at = now()
        WHERE id = $2 RETURNING revision
     )
     INSERT INTO message (id, chat_id, workspace_id, author_id, role, status, parts, queue_position, queue_interrupted_at,
                          queued_run, revision)
     SELECT $4, $2, $1, $3, 'user', 'queued', $5, $6, CASE WHEN $7 THEN now() END, $8, bumped.revision FROM bumped`,
    [
      workspaceId,
      chatId,
      userId,
      message.id,
      JSON.stringify(message.parts),
      interrupts ? first - 1 : last + 1,
      interrupts,
      run,
    ],
  );
}

/** A queued message is to interrupt after all: it goes before all others, and is not held. */
export async function markInterrupting(client: pg.ClientBase, chatId: string, messageId: string): Promise<void> {
  const { first } = await measureQueue(client, chatId);
  await client.query(
    `WITH bumped AS (UPDATE chat SET revision = revision + 1, updated_at = now() WHERE id = $1 RETURNING revision)
     UPDATE message SET queue_position = $3, queue_held_at = NULL, queue_interrupted_at = now(),
            revision = bumped.revision, updated_at = now()
       FROM bumped WHERE message.chat_id = $1 AND message.id = $2`,
    [chatId, messageId, first - 1],
  );
}

async function measureQueue(client: pg.ClientBase, chatId: string) {
  const { rows } = await client.query<{ count: number; first: number; last: number }>(
    `SELECT count(*)::int AS count, coalesce(min(queue_position), 0) AS first, coalesce(max(queue_position), 0) AS last
       FROM message WHERE chat_id = $1 AND ${isQueued}`,
    [chatId],
  );
  return rows[0]!;
}

/** What waits is to wait for a person's word. */
export async function holdQueue(client: pg.ClientBase, chatId: string): Promise<void> {
  await changeHold(client, chatId, { where: isWaiting, heldAt: 'now()' });
}

/** What is held is to go out by itself again. */
export async function releaseQueue(client: pg.ClientBase, chatId: string): Promise<void> {
  await changeHold(client, chatId, { where: `${isQueued} AND message.queue_held_at IS NOT NULL`, heldAt: 'NULL' });
}

async function changeHold(client: pg.ClientBase, chatId: string, { where, heldAt }: { where: string; heldAt: 'now()' | 'NULL' }) {
  await client.query(
    `WITH bumped AS (UPDATE chat SET revision = revision + 1, updated_at = now() WHERE id = $1 RETURNING revision)
     UPDATE message SET queue_held_at = ${heldAt}, revision = bumped.revision, updated_at = now()
       FROM bumped WHERE message.chat_id = $1 AND ${where}`,
    [chatId],
  );
}

/** The run that holds the chat's slot. */
export async function findActiveRunId(client: pg.ClientBase, chatId: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM run WHERE chat_id = $1 AND status IN ('pending', 'running')`,
    [chatId],
  );
  return rows[0]?.id ?? null;
}

type NextMessage = Pick<MessageRow, 'id' | 'author_id' | 'parts'> & {
  queued_run: QueuedRun;
  workspace_id: string;
  current_leaf_id: string | null;
};

/**
 * Send the first message that waits: it follows the end of the shown branch, and its run is rung for. The caller has
 * made sure that no run is active.
 *
 * @returns null when nothing waits
 */
export async function sendNextMessage(db: RunDatabase, client: pg.ClientBase, chatId: string): Promise<RunRow | null> {
  const { rows } = await client.query<NextMessage>(
    `SELECT message.id, message.author_id, message.parts, message.queued_run, chat.workspace_id, chat.current_leaf_id
       FROM message JOIN chat ON chat.id = message.chat_id AND chat.deleted_at IS NULL
      WHERE message.chat_id = $1 AND ${isWaiting}
      ORDER BY message.queue_position LIMIT 1`,
    [chatId],
  );
  const [next] = rows;
  if (!next) return null;
  const { row } = await insertRun(client, {
    workspaceId: next.workspace_id,
    chatId,
    userId: next.author_id,
    ...next.queued_run,
    userMessage: { id: next.id, parts: next.parts, is: 'queued' },
    parentId: next.current_leaf_id,
    trigger: 'user',
  });
  await ringDoorbell(db, { runId: row.id, priority: 0 }, client);
  return row;
}
