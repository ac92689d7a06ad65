import type pg from 'pg';

const runsOfChats = 'SELECT id FROM run WHERE chat_id = ANY ($1::uuid[])';

/** $1: ids of chats. */
const queries = {
  chats: `SELECT id, workspace_id AS "workspaceId",
                 ARRAY(SELECT user_id::text FROM chat_member WHERE chat_id = chat.id) AS "memberIds"
            FROM chat WHERE id = ANY ($1::uuid[]) ORDER BY id`,
  messages: `SELECT id, chat_id AS "chatId", parent_id AS "parentId", role::text, status::text, parts
               FROM message WHERE chat_id = ANY ($1::uuid[]) ORDER BY revision, role, id`,
  runs: `SELECT run.id, chat_id AS "chatId", workspace_id AS "workspaceId", user_message_id AS "userMessageId",
                assistant_message_id AS "assistantMessageId", trigger::text, status::text, epoch, last_seq AS "lastSeq",
                step_count AS "stepCount", base_parts AS "baseParts", stop_requested_at AS "stopRequestedAt",
                run.started_at AS "startedAt", run.finished_at AS "finishedAt", error_code AS "errorCode",
                journal_pruned_at AS "journalPrunedAt",
                coalesce(run.started_at < records.began_at, false) AS "startedBeforeRecords"
           FROM run CROSS JOIN (SELECT max(finished_at) AS began_at FROM _prisma_migrations
                                 WHERE migration_name LIKE '%\\_takeover') AS records
          WHERE chat_id = ANY ($1::uuid[]) ORDER BY revision, run.id`,
  chunks: `SELECT run_id AS "runId", from_seq AS "fromSeq", to_seq AS "toSeq", epoch, workspace_id AS "workspaceId", body,
                  created_at AS "createdAt"
             FROM run_chunk WHERE run_id IN (${runsOfChats}) ORDER BY run_id, from_seq, to_seq`,
  steps: `SELECT run_id AS "runId", step_number AS "stepNumber", epoch, last_seq AS "lastSeq", created_at AS "createdAt"
            FROM run_step WHERE run_id IN (${runsOfChats}) ORDER BY run_id, step_number`,
  calls: `SELECT run_id AS "runId", step_number AS "stepNumber", epoch, last_seq AS "lastSeq", created_at AS "createdAt"
            FROM run_model_call WHERE run_id IN (${runsOfChats}) ORDER BY run_id, step_number`,
  tools: `SELECT run_id AS "runId", step_number AS "stepNumber", ordinal, epoch, tool_name AS "toolName", idempotent, starts,
                 outcome ->> 'kind' AS "outcomeKind", started_at AS "startedAt", finished_at AS "finishedAt"
            FROM run_tool_call WHERE run_id IN (${runsOfChats}) ORDER BY run_id, step_number, ordinal`,
  attempts: `SELECT run_id AS "runId", epoch, last_seq AS "lastSeq", started_at AS "startedAt", ended_at AS "endedAt",
                    end_reason::text AS "endReason"
               FROM run_attempt WHERE run_id IN (${runsOfChats}) ORDER BY run_id, epoch`,
} as const;

/** How rows of these chats are read, by the name of what is wanted. */
export function readOf(client: pg.ClientBase, chatIds: readonly string[]) {
  return async <Row extends object>(name: keyof typeof queries): Promise<Row[]> =>
    (await client.query<Row>(queries[name], [chatIds])).rows;
}
