/** Start: the question, the empty answer, the run and its doorbell in one transaction, or none of them. */
import { isDeepStrictEqual } from 'node:util';
import type { JSONValue } from 'ai';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { ChatMessage } from '#domain/message-view';
import type { RunTrigger, RunView, ToolActed } from '#domain/run-view';
import { attachFiles } from './attach-files.ts';
import { inRingingTransaction, ringDoorbell } from './doorbell.ts';
import { RunFault } from './errors.ts';
import { openingTitle } from './opening-title.ts';
import { passRacePoint } from './race-points.ts';
import type { RunDatabase } from './run-database.ts';
import { type RunRow, toRunView } from './run-row.ts';
import { showMessage } from './shown-branch.ts';

type Parts = ChatMessage['parts'];

export type StartRunInput = {
  workspaceId: string;
  chatId: string;
  userId: string;
  /** "provider:model", frozen on the run */
  model: string;
  /** model options, frozen on the run */
  config?: Record<string, JSONValue>;
  message: {
    /** made by the client: a repeated start with the same id and parts is the same start */
    id?: string | undefined;
    parts: Parts;
    /** undefined: after the shown branch's last message */
    parentId?: string | null | undefined;
  };
};

export type StartedRun = { run: RunView; userMessageId: string; assistantMessageId: string };

/**
 * Take a person's message and start its answer.
 *
 * @throws RunFault NOT_FOUND (no such chat in the workspace), RUN_ACTIVE (the slot is taken; no row is left),
 *   MESSAGE_CONFLICT (the id is known with other content), BAD_REQUEST (no such parent),
 *   FILE_GONE (a file of the message is not kept any more)
 */
export async function startRun(db: RunDatabase, input: StartRunInput): Promise<StartedRun> {
  const messageId = input.message.id ?? uuidv7();
  return insertTurn(db, input, async (client, chat) => {
    const earlier = await findEarlierMessage(client, input, messageId);
    if (earlier && !earlier.run) throw new RunFault('MESSAGE_CONFLICT', 'this message waits in the queue');
    if (earlier?.run) return { row: earlier.run, isNew: false };
    await assertOnBranch(client, input);
    const { parentId } = input.message;
    if (parentId) await showMessage(client, { chatId: input.chatId, messageId: parentId });
    await attachFiles(client, input, input.message.parts);
    return insertRun(client, {
      ...input,
      config: input.config ?? {},
      userMessage: { id: messageId, parts: input.message.parts, is: 'new' },
      parentId: parentId === undefined ? chat.current_leaf_id : parentId,
      trigger: 'user',
    });
  });
}

export type ChatSlot = { workspaceId: string; chatId: string };
export type NewRun = { row: RunRow; isNew: boolean };

/** Insert a turn under the chat's lock, ring for it, and say what was refused and why. */
export async function insertTurn(
  db: RunDatabase,
  chat: ChatSlot,
  insert: (client: pg.ClientBase, chat: LockedChat) => Promise<NewRun>,
): Promise<StartedRun> {
  const { row, isNew } = await inChat(db, chat, async (client, locked) => {
    const turn = await insert(client, locked);
    if (turn.isNew) await ringDoorbell(db, { runId: turn.row.id, priority: 0 }, client);
    await passRacePoint('before-start-commit');
    return turn;
  });
  await passRacePoint('after-start-commit');
  if (isNew) db.hints.chatChanged(chat);
  return toStartedRun(row);
}

export function toStartedRun(row: RunRow): StartedRun {
  return { run: toRunView(row), userMessageId: row.user_message_id, assistantMessageId: row.assistant_message_id };
}

export type EarlierMessage = { run: RunRow | null; hasInterrupted: boolean };

export type LockedChat = { current_leaf_id: string | null };

/**
 * One transaction under the chat's lock, in which doorbells may be rung.
 *
 * @throws RunFault NOT_FOUND; what `work` throws, the refusals of the constraints by their own names
 */
export async function inChat<T>(
  db: RunDatabase,
  chat: ChatSlot,
  work: (client: pg.ClientBase, chat: LockedChat) => Promise<T>,
): Promise<T> {
  try {
    return await inRingingTransaction(db.pool, async (client) => work(client, await lockChat(client, chat)));
  } catch (error) {
    throw await explainRefusal(db, chat, error);
  }
}

async function lockChat(client: pg.ClientBase, { workspaceId, chatId }: ChatSlot) {
  const { rows } = await client.query<LockedChat>(
    `SELECT current_leaf_id FROM chat
      WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL
        FOR NO KEY UPDATE`,
    [chatId, workspaceId],
  );
  if (!rows[0]) throw new RunFault('NOT_FOUND', 'no such chat');
  return rows[0];
}

/**
 * What came of this message before: its first run, or null while it is queued; then also whether it has asked an answer
 * to stop for it.
 *
 * @throws RunFault MESSAGE_CONFLICT (the id is known with other content, or it was taken out of the queue)
 */
export async function findEarlierMessage(
  client: pg.ClientBase,
  input: Pick<StartRunInput, 'chatId' | 'message'>,
  messageId: string,
): Promise<EarlierMessage | undefined> {
  const { rows } = await client.query<{ parts: Parts; waits: boolean; interrupted: boolean; run: RunRow['id'] | null }>(
    `SELECT message.parts, message.status = 'queued' AND message.deleted_at IS NULL AS waits,
            message.queue_interrupted_at IS NOT NULL AS interrupted,
            (SELECT run.id FROM run
              WHERE run.chat_id = message.chat_id AND run.user_message_id = message.id
              ORDER BY run.id LIMIT 1) AS run
       FROM message WHERE chat_id = $1 AND id = $2`,
    [input.chatId, messageId],
  );
  const [known] = rows;
  if (!known) return undefined;
  if ((!known.run && !known.waits) || !isDeepStrictEqual(known.parts, input.message.parts)) {
    throw new RunFault('MESSAGE_CONFLICT', 'this message id is taken by another message');
  }
  const { rows: runs } = await client.query<RunRow>('SELECT * FROM run WHERE id = $1', [known.run]);
  return { run: runs[0] ?? null, hasInterrupted: known.interrupted };
}

/** A message that waits has no place yet, and one that was taken back never gets one: nothing can follow them. */
async function assertOnBranch(client: pg.ClientBase, { chatId, message }: StartRunInput): Promise<void> {
  if (!message.parentId) return;
  const { rowCount } = await client.query(
    `SELECT FROM message WHERE chat_id = $1 AND id = $2 AND status <> 'queued' AND deleted_at IS NULL`,
    [chatId, message.parentId],
  );
  if (rowCount === 0) throw new RunFault('BAD_REQUEST', 'there is no such parent message');
}

type RunToInsert = ChatSlot & {
  /** null once that account is gone */
  userId: string | null;
  model: string;
  config: Record<string, JSONValue>;
  trigger: RunTrigger;
  /** new: not yet stored. queued: leaves the queue. known: was asked before */
  userMessage: { id: string; parts: Parts; is: 'new' | 'queued' | 'known' };
  /** of a new or queued message */
  parentId: string | null;
  /** a new answer unless given */
  answer?: ContinuedAnswer;
  /** of a new answer; made here unless given */
  assistantMessageId?: string | undefined;
};

/** An answer that is to go on: the parts of it that stand, and the tools that have acted for it. */
export type ContinuedAnswer = { id: string; baseParts: Parts; toolsActed: ToolActed[] };

/** One statement; the partial unique index run_one_active_per_chat refuses a second active run. */
export async function insertRun(client: pg.ClientBase, input: RunToInsert): Promise<NewRun> {
  const { rows } = await client.query<RunRow>({
    name: 'start-run',
    text: `WITH bumped AS (
             UPDATE chat SET revision = revision + 1, last_activity_at = now(), updated_at = now(),
                    current_leaf_id = CASE WHEN $14 THEN $8 ELSE current_leaf_id END,
                    title = CASE WHEN title = '' THEN $12 ELSE title END
              WHERE id = $2 RETURNING revision
           ), question AS (
             INSERT INTO message (id, chat_id, workspace_id, parent_id, author_id, role, status, parts, revision)
             SELECT $4, $2, $1, $5, $3, 'user', 'completed', $6, bumped.revision FROM bumped WHERE $7::text = 'new'
           ), sent AS (
             UPDATE message SET status = 'completed', parent_id = $5, queue_position = NULL, queue_held_at = NULL,
                    queue_interrupted_at = NULL, queued_run = NULL, revision = bumped.revision, updated_at = now()
               FROM bumped WHERE $7::text = 'queued' AND message.chat_id = $2 AND message.id = $4
           ), answer AS (
             INSERT INTO message (id, chat_id, workspace_id, parent_id, role, status, parts, revision)
             SELECT $8, $2, $1, $4, 'assistant', 'streaming', '[]', bumped.revision FROM bumped WHERE $14
           ), continued AS (
             UPDATE message SET status = 'streaming', parts = $15, revision = bumped.revision, updated_at = now()
               FROM bumped WHERE NOT $14 AND message.chat_id = $2 AND message.id = $8
           )
           INSERT INTO run (id, workspace_id, chat_id, created_by_id, user_message_id, assistant_message_id, trigger,
                            model, config, base_parts, tools_acted, revision)
           SELECT $9, $1, $2, $3, $4, $8, $10, $11, $13, $15, $16, bumped.revision FROM bumped
           RETURNING *`,
    values: [
      input.workspaceId,
      input.chatId,
      input.userId,
      input.userMessage.id,
      input.parentId,
      JSON.stringify(input.userMessage.parts),
      input.userMessage.is,
      input.answer?.id ?? input.assistantMessageId ?? uuidv7(),
      uuidv7(),
      input.trigger,
      input.model,
      openingTitle(input.userMessage.parts),
      JSON.stringify(input.config),
      input.answer === undefined,
      JSON.stringify(input.answer?.baseParts ?? []),
      JSON.stringify(input.answer?.toolsActed ?? []),
    ],
  });
  return { row: rows[0]!, isNew: true };
}

/** Only the named constraint means "busy"; everything else keeps its own name. */
async function explainRefusal(db: RunDatabase, { chatId }: ChatSlot, error: unknown): Promise<unknown> {
  const constraint = (error as Partial<pg.DatabaseError> | null)?.constraint;
  if (constraint === 'message_parent_fkey') return new RunFault('BAD_REQUEST', 'there is no such parent message');
  if (constraint === 'chat_file_workspace_id_file_id_fkey') return new RunFault('FILE_GONE', 'a file of the message is gone');
  if (constraint !== 'run_one_active_per_chat') return error;
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT id FROM run WHERE chat_id = $1 AND status IN ('pending', 'running')`,
    [chatId],
  );
  return new RunFault('RUN_ACTIVE', 'this chat is being answered', rows[0]?.id);
}
