/** What a run has used and set in motion, as recorded: for its settlement. */
import type { LanguageModelV4Usage } from '@ai-sdk/provider';
import type { LanguageModelUsage } from 'ai';
import type pg from 'pg';
import type { ToolActed } from '#domain/run-view';
import type { RunRow } from './run-row.ts';

type Spending = {
  /** what the provider reported for each completed step, in order */
  steps: LanguageModelUsage[];
  /** and for a call that ended in the step after them */
  openCall: LanguageModelV4Usage | null;
  /** by all runs that wrote this answer */
  toolsActed: ToolActed[];
};

export async function readSpending(client: pg.ClientBase, run: RunRow): Promise<Spending> {
  const { rows } = await client.query<Spending>({
    name: 'read-spending',
    text: `SELECT (SELECT coalesce(jsonb_agg(usage ORDER BY step_number), '[]') FROM run_step WHERE run_id = $1) AS steps,
                  (SELECT usage FROM run_model_call WHERE run_id = $1 AND step_number = $2) AS "openCall",
                  (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object(
                            'toolName', call.tool_name, 'stepCompleted', call.step_number <= run.step_count)), '[]')
                     FROM run JOIN run_tool_call AS call ON call.run_id = run.id
                    WHERE run.chat_id = $3 AND run.assistant_message_id = $4 AND NOT call.idempotent) AS "toolsActed"`,
    values: [run.id, run.step_count + 1, run.chat_id, run.assistant_message_id],
  });
  return rows[0]!;
}

/** Length of the conversation up to the question, in characters of JSON. */
export async function measurePrompt(client: pg.ClientBase, run: RunRow): Promise<number> {
  const { rows } = await client.query<{ length: number }>(
    `WITH RECURSIVE path AS (
       SELECT chat_id, parent_id, parts FROM message WHERE chat_id = $1 AND id = $2
       UNION ALL
       SELECT parent.chat_id, parent.parent_id, parent.parts
         FROM message AS parent JOIN path ON parent.chat_id = path.chat_id AND parent.id = path.parent_id
     )
     SELECT coalesce(sum(length(parts::text)), 0)::float8 AS length FROM path`,
    [run.chat_id, run.user_message_id],
  );
  return rows[0]!.length;
}
