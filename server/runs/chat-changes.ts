/** What has changed in a chat since a revision: the snapshot half of following. */
import type { ChatMessage } from '#domain/message-view';
import { isActive } from '#domain/run-status';
import type { FollowPosition } from './cursor.ts';
import { describeMessages } from './describe-messages.ts';
import { type MessageRow, toChatMessage } from './message-row.ts';
import { findLatestRunRow, listQueuedRows } from './reads.ts';
import type { RunDatabase } from './run-database.ts';
import { runColumns, type RunRow } from './run-row.ts';

export type ChatChanges = {
  revision: number;
  /** the first thing a follower hears: a chat without runs says so */
  isFirst: boolean;
  /** the last message of the shown branch, when somebody has turned to another one */
  turnedTo: string | null;
  /** oldest first */
  runs: RunRow[];
  /** in the order of their change */
  messages: ChatMessage[];
  /** of queued messages that were taken back */
  removedIds: string[];
};

export type FollowStart = { position: FollowPosition; changes: ChatChanges; replay: boolean };

/**
 * What came after the position; the followed run is among the runs too when only its journal has grown.
 *
 * @returns null when the chat is gone
 */
export async function readChanges(
  db: RunDatabase,
  chatId: string,
  { revision, runId, seq }: FollowPosition,
): Promise<ChatChanges | null> {
  // The revision is read first: what changes after it is told once more next time, and nothing is missed.
  const present = await readPresent(db, chatId);
  if (present === null) return null;
  const { rows: runs } = await db.pool.query<RunRow>({
    name: 'changed-runs',
    text: `SELECT ${runColumns} FROM run
            WHERE chat_id = $1 AND (revision > $2 OR id = $3 AND last_seq > $4)
            ORDER BY revision, id`,
    values: [chatId, revision, runId, seq],
  });
  const { rows: messages } = await db.pool.query<MessageRow>({
    name: 'changed-messages',
    text: 'SELECT * FROM message WHERE chat_id = $1 AND revision > $2 ORDER BY revision, role, id',
    values: [chatId, revision],
  });
  return {
    revision: present.revision,
    isFirst: false,
    turnedTo: present.branch_revision > revision ? present.current_leaf_id : null,
    runs,
    messages: await describeMessages(db, chatId, messages.filter((row) => row.deleted_at === null)),
    removedIds: messages.filter((row) => row.deleted_at !== null).map(({ id }) => id),
  };
}

/**
 * Where a follower begins. A known cursor: the changes after it, the latest run in any case. No cursor: the latest
 * run, its answer when that is over, and what is queued: whoever has just asked may come after the end, and nothing would
 * tell him of it again. A cursor that is not this chat's: the latest run, told whole.
 *
 * @returns null when the chat is gone
 */
export async function readStart(
  db: RunDatabase,
  chatId: string,
  { cursor, isResume }: { cursor: FollowPosition | null; isResume: boolean },
): Promise<FollowStart | null> {
  const present = await readPresent(db, chatId);
  if (present === null) return null;
  const { revision } = present;
  const latest = await findLatestRunRow(db, chatId);
  if (cursor && (await isOfChat(db, chatId, { cursor, revision }))) {
    const changes = await readChanges(db, chatId, cursor);
    if (!changes) return null;
    if (latest && !changes.runs.some((run) => run.id === latest.id)) changes.runs.push(latest);
    return { position: cursor, changes: { ...changes, isFirst: true }, replay: false };
  }
  const answer = latest && !isActive(latest.status) ? await findAnswer(db, latest) : [];
  const messages = [...answer, ...(await listQueuedRows(db, chatId)).map(toChatMessage)];
  return {
    position: { revision, runId: null, seq: 0 },
    changes: { revision, isFirst: true, turnedTo: null, runs: latest ? [latest] : [], messages, removedIds: [] },
    replay: isResume,
  };
}

async function findAnswer(db: RunDatabase, run: RunRow): Promise<ChatMessage[]> {
  const { rows } = await db.pool.query<MessageRow>(
    'SELECT * FROM message WHERE chat_id = $1 AND id = $2 AND deleted_at IS NULL',
    [run.chat_id, run.assistant_message_id],
  );
  return describeMessages(db, run.chat_id, rows);
}

type Present = { revision: number; branch_revision: number; current_leaf_id: string | null };

async function readPresent(db: RunDatabase, chatId: string): Promise<Present | null> {
  const { rows } = await db.pool.query<Present>({
    name: 'chat-present',
    text: 'SELECT revision, branch_revision, current_leaf_id FROM chat WHERE id = $1 AND deleted_at IS NULL',
    values: [chatId],
  });
  return rows[0] ?? null;
}

async function isOfChat(
  db: RunDatabase,
  chatId: string,
  { cursor, revision }: { cursor: FollowPosition; revision: number },
): Promise<boolean> {
  if (cursor.revision > revision) return false;
  if (cursor.runId === null) return true;
  const { rowCount } = await db.pool.query('SELECT FROM run WHERE id = $1 AND chat_id = $2 AND last_seq >= $3', [
    cursor.runId,
    chatId,
    cursor.seq,
  ]);
  return rowCount === 1;
}
