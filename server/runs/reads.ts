/** Rows → views. Everything here trusts its caller to have checked who may see the chat. */
import type { ChatMessage } from '#domain/message-view';
import { foldWhatFits } from '#domain/fold-chunks';
import type { RunStatus } from '#domain/run-status';
import type { RunView } from '#domain/run-view';
import { encodeCursor } from './cursor.ts';
import { describeMessages } from './describe-messages.ts';
import { chunksOf, readJournal } from './journal-reading.ts';
import { type MessageRow, toChatMessage } from './message-row.ts';
import { isQueued } from './queue.ts';
import type { RunDatabase } from './run-database.ts';
import { runColumns, type RunRow, toRunView } from './run-row.ts';

type Db = Pick<RunDatabase, 'pool'>;

/** The run, if it belongs to the workspace. */
export async function findRun(db: Db, key: { workspaceId: string; runId: string }): Promise<RunView | null> {
  const { rows } = await db.pool.query<RunRow>(`SELECT ${runColumns} FROM run WHERE id = $1 AND workspace_id = $2`, [
    key.runId,
    key.workspaceId,
  ]);
  return rows[0] ? toRunView(rows[0]) : null;
}

/** The chat's newest run, whatever its status. */
export async function findLatestRun(db: Db, chatId: string): Promise<RunView | null> {
  const row = await findLatestRunRow(db, chatId);
  return row && toRunView(row);
}

/** The run that holds the chat's slot. */
export async function findActiveRun(db: Db, chatId: string): Promise<RunView | null> {
  const { rows } = await db.pool.query<RunRow>(
    `SELECT ${runColumns} FROM run WHERE chat_id = $1 AND status IN ('pending', 'running')`,
    [chatId],
  );
  return rows[0] ? toRunView(rows[0]) : null;
}

/**
 * Runs of a workspace's chats that the user is a member of, newest first.
 *
 * @param before id of the last run of the previous page
 */
export async function listRuns(
  db: Db,
  key: { workspaceId: string; userId: string; status?: RunStatus | undefined; before?: string | undefined; limit: number },
): Promise<RunView[]> {
  const { rows } = await db.pool.query<RunRow>(
    `SELECT ${runColumns} FROM run
       JOIN chat ON chat.id = run.chat_id AND chat.deleted_at IS NULL
       JOIN chat_member ON chat_member.chat_id = run.chat_id AND chat_member.user_id = $2
      WHERE run.workspace_id = $1 AND ($3::text IS NULL OR run.status = $3::text::run_status)
        AND ($4::uuid IS NULL OR run.id < $4)
      ORDER BY run.id DESC LIMIT $5`,
    [key.workspaceId, key.userId, key.status ?? null, key.before ?? null, key.limit],
  );
  return rows.map(toRunView);
}

/** One message; an answer in progress holds what is written so far. */
export async function findMessage(db: Db, chatId: string, messageId: string): Promise<ChatMessage | null> {
  const { rows } = await db.pool.query<MessageRow>('SELECT * FROM message WHERE chat_id = $1 AND id = $2', [
    chatId,
    messageId,
  ]);
  const [message] = await withAnswersSoFar(db, chatId, await describeMessages(db, chatId, rows));
  return message ?? null;
}

/**
 * The shown branch, oldest first, then what is queued, in its order; an answer in progress holds what is written so far.
 */
export async function listMessages(db: Db, chatId: string): Promise<ChatMessage[]> {
  // First: a message that is sent between the two reads must not be missed by both.
  const queued = await listQueuedRows(db, chatId);
  const branch = await listBranch(db, chatId);
  const sent = new Set(branch.map(({ id }) => id));
  return [...branch, ...queued.map(toChatMessage).filter(({ id }) => !sent.has(id))];
}

/** Rows of what is queued, in the order in which it goes out. */
export async function listQueuedRows(db: Db, chatId: string): Promise<MessageRow[]> {
  const { rows } = await db.pool.query<MessageRow>({
    name: 'list-queue',
    text: `SELECT * FROM message WHERE chat_id = $1 AND ${isQueued} ORDER BY queue_position`,
    values: [chatId],
  });
  return rows;
}

/** The shown branch, oldest first; an answer in progress holds what is written so far. */
export async function listBranch(db: Db, chatId: string): Promise<ChatMessage[]> {
  const { rows } = await db.pool.query<{ current_leaf_id: string | null }>(
    'SELECT current_leaf_id FROM chat WHERE id = $1',
    [chatId],
  );
  const leafId = rows[0]?.current_leaf_id;
  if (!leafId) return [];
  return withAnswersSoFar(db, chatId, await describeMessages(db, chatId, await listPathRows(db, chatId, leafId)));
}

/** The messages from the first one down to `leafId`, as stored. */
export async function listPath(db: Db, chatId: string, leafId: string): Promise<ChatMessage[]> {
  return (await listPathRows(db, chatId, leafId)).map(toChatMessage);
}

async function listPathRows(db: Db, chatId: string, leafId: string): Promise<MessageRow[]> {
  const { rows } = await db.pool.query<MessageRow>({
    name: 'list-path',
    text: `WITH RECURSIVE path AS (
             SELECT message.*, 0 AS depth FROM message WHERE chat_id = $1 AND id = $2
             UNION ALL
             SELECT parent.*, path.depth + 1 FROM message AS parent
               JOIN path ON parent.chat_id = path.chat_id AND parent.id = path.parent_id
           )
           SELECT * FROM path WHERE deleted_at IS NULL ORDER BY depth DESC`,
    values: [chatId, leafId],
  });
  return rows;
}

/**
 * A chat as it is opened. The cursor was read first, so that following from it repeats rather than misses, and it
 * holds no chunk: a follower gets the answer in progress whole.
 */
export async function readChat(
  db: Db,
  chatId: string,
): Promise<{ messages: ChatMessage[]; run: RunView | null; cursor: string }> {
  const { rows } = await db.pool.query<{ revision: number }>('SELECT revision FROM chat WHERE id = $1', [chatId]);
  const run = await findLatestRun(db, chatId);
  const messages = await listMessages(db, chatId);
  return { messages, run, cursor: encodeCursor({ revision: rows[0]?.revision ?? 0, runId: run?.id ?? null, seq: 0 }) };
}

/** By revision: ids hold the time of whichever machine made them, and a run that is over is never touched again. */
export async function findLatestRunRow(db: Db, chatId: string): Promise<RunRow | null> {
  const { rows } = await db.pool.query<RunRow>(
    `SELECT ${runColumns} FROM run WHERE chat_id = $1 ORDER BY revision DESC, id DESC LIMIT 1`,
    [chatId],
  );
  return rows[0] ?? null;
}

async function withAnswersSoFar(db: Db, chatId: string, messages: ChatMessage[]): Promise<ChatMessage[]> {
  if (!messages.some((message) => message.metadata?.status === 'streaming')) return messages;
  const run = await findActiveRun(db, chatId);
  if (!run) return messages;
  const chunks = chunksOf(await readJournal(db.pool, run.id));
  const { parts } = await foldWhatFits({ messageId: run.assistantMessageId, baseParts: run.baseParts }, chunks);
  return messages.map((message) => (message.id === run.assistantMessageId ? { ...message, parts } : message));
}
