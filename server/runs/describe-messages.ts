/** Rows → messages with what only other rows know of them: what else stands in their place, and who wrote them. */
import type { AnswerMetadata, ChatMessage } from '#domain/message-view';
import { describeRunError } from '#domain/run-error';
import type { RunUsage, ToolActed } from '#domain/run-view';
import { type MessageRow, toChatMessage } from './message-row.ts';
import type { RunDatabase } from './run-database.ts';

type Db = Pick<RunDatabase, 'pool'>;

/** @param rows of one chat, in any order */
export async function describeMessages(
  db: Db,
  chatId: string,
  rows: readonly MessageRow[],
): Promise<ChatMessage[]> {
  if (rows.length === 0) return [];
  const [siblings, writers] = await Promise.all([listSiblings(db, chatId, rows), listWriters(db, chatId, rows)]);
  return rows.map((row) => {
    const { metadata, ...message } = toChatMessage(row);
    const versions = siblings.get(row.id);
    const facts = { ...(versions && { siblings: versions }), ...describeWriting(writers.get(row.id) ?? []) };
    return { ...message, metadata: { ...metadata!, ...facts } };
  });
}

/** Those of each message that has any: itself among them, oldest first. One that waits for its turn is nobody's. */
async function listSiblings(db: Db, chatId: string, rows: readonly MessageRow[]): Promise<Map<string, string[]>> {
  const { rows: places } = await db.pool.query<{ ids: string[] }>({
    name: 'list-siblings',
    text: `SELECT array_agg(id ORDER BY created_at, id) AS ids FROM message
            WHERE chat_id = $1 AND (parent_id = ANY($2::uuid[]) OR parent_id IS NULL)
              AND deleted_at IS NULL AND status <> 'queued'
            GROUP BY parent_id, role HAVING count(*) > 1`,
    values: [chatId, [...new Set(rows.map((row) => row.parent_id).filter((id) => id !== null))]],
  });
  return new Map(places.flatMap(({ ids }) => ids.map((id) => [id, ids] as const)));
}

type Writer = {
  message_id: string;
  id: string;
  model: string;
  usage: RunUsage | null;
  error_code: string | null;
  tools_acted: ToolActed[];
};

/** The runs that wrote each answer, oldest first. */
async function listWriters(db: Db, chatId: string, rows: readonly MessageRow[]): Promise<Map<string, Writer[]>> {
  const answerIds = rows.filter(({ role }) => role === 'assistant').map(({ id }) => id);
  if (answerIds.length === 0) return new Map();
  const { rows: writers } = await db.pool.query<Writer>({
    name: 'list-writers',
    text: `SELECT assistant_message_id AS message_id, id, model, usage, error_code, tools_acted FROM run
            WHERE chat_id = $1 AND assistant_message_id = ANY($2::uuid[]) ORDER BY created_at, id`,
    values: [chatId, answerIds],
  });
  return Map.groupBy(writers, (writer) => writer.message_id);
}

function describeWriting(writers: readonly Writer[]): Partial<AnswerMetadata> {
  const last = writers.at(-1);
  if (!last) return {};
  const usages = writers.map(({ usage }) => usage).filter((usage) => usage !== null);
  return {
    runId: last.id,
    model: last.model,
    ...(usages.length > 0 && { usage: usages.reduce(addUsage) }),
    ...(last.error_code !== null && { error: describeRunError(last.error_code) }),
    ...(last.tools_acted.length > 0 && { toolsActed: last.tools_acted }),
  };
}

function addUsage(one: RunUsage, other: RunUsage): RunUsage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    totalTokens: one.totalTokens + other.totalTokens,
    estimated: one.estimated || other.estimated,
  };
}
