/** What the model was asked and has said, held against what was kept. */
import type pg from 'pg';
import type { ChatMessage } from '#domain/message-view';
import type { ModelRequest } from '#server/testing/model-answer';
import type { Turn } from './turn.ts';

type Kept = { step_number: number; kept_at_ms: number };

/** A model call that was recorded, alone or with its completed step, is never made again. */
export async function findRepeatedCalls(
  pool: pg.Pool,
  { runId }: Pick<Turn, 'runId'>,
  requests: readonly ModelRequest[],
): Promise<string[]> {
  const { rows } = await pool.query<Kept>(
    `SELECT step_number, extract(epoch FROM min(created_at))::float8 * 1000 AS kept_at_ms
       FROM (SELECT step_number, created_at FROM run_step WHERE run_id = $1
             UNION ALL SELECT step_number, created_at FROM run_model_call WHERE run_id = $1) AS kept
      GROUP BY step_number`,
    [runId],
  );
  return rows.flatMap(({ step_number, kept_at_ms }) => {
    const again = requests.filter(({ step, beganAt }) => step === step_number && beganAt > kept_at_ms);
    return again.map(() => `${runId}: the model was asked again for step ${step_number}, which was recorded`);
  });
}

/** An answer that succeeded says what the model said last in each step, once, and nothing of what was broken off. */
export async function findMisquotes(
  pool: pg.Pool,
  { runId, question }: Pick<Turn, 'runId' | 'question'>,
  requests: readonly ModelRequest[],
): Promise<string[]> {
  const { rows } = await pool.query<{ parts: ChatMessage['parts'] }>(
    `SELECT message.parts FROM run JOIN message ON message.chat_id = run.chat_id AND message.id = run.assistant_message_id
      WHERE run.id = $1 AND run.status = 'succeeded'`,
    [runId],
  );
  const [message] = rows;
  if (!message) return [];
  const steps = Map.groupBy(requests.filter(isWhole), ({ step }) => step);
  const said = [...steps].toSorted(([a], [b]) => a - b).map(([, asked]) => asked.at(-1)!.sent);
  const kept = message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  // What PostgreSQL cannot hold is left out, or replaced.
  const expected = said.join('').replaceAll('\0', '').toWellFormed();
  if (kept === expected) return [];
  return [`${runId}: the answer to "${question}" has ${kept.length} characters, the model said ${expected.length}: not the same`];
}

const isWhole = ({ status, endedAt, abortedAt }: ModelRequest) => status === 200 && endedAt !== null && abortedAt === null;
