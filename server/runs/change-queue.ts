/** What a person can do about queued messages. One that has been sent meanwhile is refused, and nothing is changed. */
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';
import { detachFiles } from './attach-files.ts';
import { type ChatSlot, inChat } from './enqueue.ts';
import { RunFault } from './errors.ts';
import type { MessageRow } from './message-row.ts';
import { findActiveRunId, releaseQueue, sendNextMessage } from './queue.ts';
import type { RunDatabase } from './run-database.ts';
import { type RunRow, toRunView } from './run-row.ts';

type Parts = ChatMessage['parts'];
export type QueuedMessageKey = ChatSlot & { messageId: string };

/**
 * Other words for a queued message; its other parts stay. Of two edits the later one stands. One that is asked for again
 * after a lost answer is the same edit, even if the message has been sent with it meanwhile.
 *
 * @throws RunFault NOT_FOUND (no such message, or it was removed), MESSAGE_SENT
 */
export async function editQueuedMessage(db: RunDatabase, { text, ...key }: QueuedMessageKey & { text: string }): Promise<void> {
  await inChat(db, key, async (client) => {
    const message = await lockMessage(client, key);
    if (message.deleted_at) throw new RunFault('NOT_FOUND', 'this message was removed');
    const parts = replaceText(message.parts, text);
    if (isDeepStrictEqual(parts, message.parts)) return;
    assertQueued(message);
    await changeMessage(client, key, { parts, isRemoved: false });
  });
  db.hints.chatChanged(key);
}

/**
 * Take a message out of the queue. It keeps its row, so that a start that is repeated late does not bring it back.
 * Asked twice, it is once.
 *
 * @throws RunFault NOT_FOUND, MESSAGE_SENT
 */
export async function removeQueuedMessage(db: RunDatabase, key: QueuedMessageKey): Promise<void> {
  await inChat(db, key, async (client) => {
    const message = await lockMessage(client, key);
    assertQueued(message);
    if (message.deleted_at) return;
    await changeMessage(client, key, { parts: message.parts, isRemoved: true });
    await detachFiles(client, key, message.parts);
  });
  db.hints.chatChanged(key);
}

/**
 * Let what is held go out: the first message now, if the chat is free, and else when its run ends.
 *
 * @returns the run that began; null when none did
 * @throws RunFault NOT_FOUND
 */
export async function resumeQueue(db: RunDatabase, chat: ChatSlot): Promise<RunView | null> {
  const row = await inChat(db, chat, async (client) => {
    await releaseQueue(client, chat.chatId);
    return sendIfFree(db, client, chat.chatId);
  });
  db.hints.chatChanged(chat);
  return row && toRunView(row);
}

/**
 * For what waits though no run is active: a settlement that could not send it, or one of an older version.
 *
 * @returns false when there is nothing to do (any more)
 */
export async function sendStrandedMessage(db: RunDatabase, chat: ChatSlot): Promise<boolean> {
  const row = await inChat(db, chat, (client) => sendIfFree(db, client, chat.chatId));
  if (row) db.hints.chatChanged(chat);
  return row !== null;
}

async function sendIfFree(db: RunDatabase, client: pg.ClientBase, chatId: string): Promise<RunRow | null> {
  return (await findActiveRunId(client, chatId)) ? null : sendNextMessage(db, client, chatId);
}

async function lockMessage(client: pg.ClientBase, { chatId, messageId }: QueuedMessageKey): Promise<MessageRow> {
  const { rows } = await client.query<MessageRow>(
    `SELECT * FROM message WHERE chat_id = $1 AND id = $2 AND role = 'user' FOR NO KEY UPDATE`,
    [chatId, messageId],
  );
  const [message] = rows;
  if (!message) throw new RunFault('NOT_FOUND', 'no such message');
  return message;
}

function assertQueued({ status }: MessageRow): void {
  if (status !== 'queued') throw new RunFault('MESSAGE_SENT', 'this message has been sent');
}

async function changeMessage(
  client: pg.ClientBase,
  { chatId, messageId }: QueuedMessageKey,
  { parts, isRemoved }: { parts: Parts; isRemoved: boolean },
): Promise<void> {
  await client.query(
    `WITH bumped AS (UPDATE chat SET revision = revision + 1, updated_at = now() WHERE id = $1 RETURNING revision)
     UPDATE message SET parts = $3, deleted_at = CASE WHEN $4 THEN now() END, revision = bumped.revision, updated_at = now()
       FROM bumped WHERE message.chat_id = $1 AND message.id = $2`,
    [chatId, messageId, JSON.stringify(parts), isRemoved],
  );
}

/** The new text stands where the first old one stood. */
function replaceText(parts: Parts, text: string): Parts {
  const first = parts.findIndex(({ type }) => type === 'text');
  const others = parts.filter(({ type }, index) => type !== 'text' || index === first);
  return first < 0 ? [...others, { type: 'text', text }] : others.with(first, { type: 'text', text });
}
