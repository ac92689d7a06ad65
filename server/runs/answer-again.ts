/** A settled run's question once more: anew beside the old answer, or on from where the old answer is whole. */
import type pg from 'pg';
import type { ChatMessage } from '#domain/message-view';
import { chunksFromParts } from './chunks-from-parts.ts';
import { type ContinuedAnswer, insertRun, insertTurn, type NewRun, type StartedRun } from './enqueue.ts';
import { RunFault } from './errors.ts';
import type { RunDatabase } from './run-database.ts';
import type { RunRow } from './run-row.ts';
import { showMessage } from './shown-branch.ts';

export type AnswerAgainInput = {
  workspaceId: string;
  chatId: string;
  userId: string;
  /** the settled run */
  runId: string;
  /** "provider:model"; the old run's unless given */
  model?: string | undefined;
};

export type RegenerateInput = AnswerAgainInput & {
  /** of the new answer, made by the client: asked again with the same id, it is the same regeneration */
  assistantMessageId?: string | undefined;
};

/**
 * Answer the question once more: a new run that writes a sibling of the old answer. A question on a branch that is not
 * shown is shown again.
 *
 * @throws RunFault NOT_FOUND, RUN_ACTIVE, MESSAGE_CONFLICT (the id is that of another message)
 */
export async function regenerateRun(db: RunDatabase, input: RegenerateInput): Promise<StartedRun> {
  return insertTurn(db, input, async (client) => {
    const old = await lockOldRun(client, input);
    const earlier = await findRegeneration(client, old, input.assistantMessageId);
    if (earlier) return { row: earlier, isNew: false };
    await showMessage(client, { chatId: input.chatId, messageId: old.user_message_id });
    return insertAgain(client, input, { old });
  });
}

/**
 * Go on with an answer that failed or was stopped: a new run on the same message, from the last completed step. What
 * was written after that step leaves the message and stays readable in the old run's drafts. Asked twice, it is once.
 * An answer on a branch that is not shown is shown again.
 *
 * @throws RunFault NOT_FOUND, RUN_ACTIVE, BAD_REQUEST (the answer is complete, or is being written)
 */
export async function continueRun(db: RunDatabase, input: AnswerAgainInput): Promise<StartedRun> {
  return insertTurn(db, input, async (client) => {
    const old = await lockOldRun(client, input);
    const later = await findLaterRun(client, old);
    if (later) return { row: later, isNew: false };
    if (old.status !== 'failed' && old.status !== 'aborted') {
      throw new RunFault('BAD_REQUEST', 'this answer has not broken off');
    }
    const { standing, rest } = await divideAnswer(client, old);
    if (rest.length > 0) {
      const draft = chunksFromParts(old.assistant_message_id, rest);
      await client.query(`UPDATE run SET drafts = drafts || jsonb_build_array($2::jsonb), updated_at = now() WHERE id = $1`, [
        old.id,
        JSON.stringify(draft),
      ]);
    }
    await showMessage(client, { chatId: input.chatId, messageId: old.assistant_message_id });
    return insertAgain(client, input, { old, answer: { id: old.assistant_message_id, baseParts: standing, toolsActed: old.tools_acted } });
  });
}

/** The run that has begun the answer of this id to the same question. @throws RunFault MESSAGE_CONFLICT */
async function findRegeneration(client: pg.ClientBase, old: RunRow, answerId: string | undefined): Promise<RunRow | undefined> {
  if (answerId === undefined) return undefined;
  const { rows: known } = await client.query('SELECT FROM message WHERE chat_id = $1 AND id = $2', [old.chat_id, answerId]);
  if (known.length === 0) return undefined;
  const { rows } = await client.query<RunRow>(
    `SELECT * FROM run
      WHERE chat_id = $1 AND assistant_message_id = $2 AND trigger = 'regenerate' AND user_message_id = $3`,
    [old.chat_id, answerId, old.user_message_id],
  );
  if (!rows[0]) throw new RunFault('MESSAGE_CONFLICT', 'this message id is taken by another message');
  return rows[0];
}

type Parts = ChatMessage['parts'];

type Again = { old: RunRow; answer?: ContinuedAnswer };

async function insertAgain(client: pg.ClientBase, input: RegenerateInput, { old, answer }: Again): Promise<NewRun> {
  return insertRun(client, {
    ...input,
    model: input.model ?? old.model,
    config: old.config,
    userMessage: { id: old.user_message_id, parts: [], is: 'known' },
    parentId: null,
    trigger: answer ? 'continue' : 'regenerate',
    ...(answer && { answer }),
  });
}

async function lockOldRun(client: pg.ClientBase, { runId, chatId }: AnswerAgainInput): Promise<RunRow> {
  const { rows } = await client.query<RunRow>('SELECT * FROM run WHERE id = $1 AND chat_id = $2 FOR NO KEY UPDATE', [
    runId,
    chatId,
  ]);
  if (!rows[0]) throw new RunFault('NOT_FOUND', 'no such run');
  return rows[0];
}

/** The run that has taken this answer up since. */
async function findLaterRun(client: pg.ClientBase, old: RunRow): Promise<RunRow | undefined> {
  const { rows } = await client.query<RunRow>(
    `SELECT * FROM run WHERE chat_id = $1 AND assistant_message_id = $2 AND (created_at, id) > ($3, $4::uuid)
      ORDER BY created_at, id LIMIT 1`,
    [old.chat_id, old.assistant_message_id, old.created_at, old.id],
  );
  return rows[0];
}

/**
 * The parts that stood before the old run and those of its completed steps; and what came after them.
 *
 * @throws RunFault BAD_REQUEST when the message does not hold what was completed: its text was refused by the database
 */
async function divideAnswer(client: pg.ClientBase, old: RunRow): Promise<{ standing: Parts; rest: Parts }> {
  const { rows } = await client.query<{ parts: Parts }>('SELECT parts FROM message WHERE chat_id = $1 AND id = $2', [
    old.chat_id,
    old.assistant_message_id,
  ]);
  const { parts } = rows[0]!;
  const starts = parts.flatMap((part, i) => (part.type === 'step-start' && i >= old.base_parts.length ? [i] : []));
  if (starts.length < old.step_count) throw new RunFault('BAD_REQUEST', 'this answer cannot be continued');
  const end = starts[old.step_count] ?? parts.length;
  return { standing: parts.slice(0, end), rest: parts.slice(end) };
}
