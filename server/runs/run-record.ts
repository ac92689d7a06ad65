/** A run's record: how it came about, for whoever wants to know more than its end. */
import type { LanguageModelUsage } from 'ai';
import type { Chunk } from '#domain/message-view';
import type { RunAttemptEnd, RunRecord } from '#domain/run-view';
import { chunksOf, draftsOf, firstWordAt, readJournal } from './journal-reading.ts';
import type { RunDatabase } from './run-database.ts';
import type { ToolOutcome } from './tool-call.ts';

type Db = Pick<RunDatabase, 'pool'>;

/** Trusts its caller to have checked who may see the run. */
export async function readRunRecord(db: Db, runId: string): Promise<RunRecord> {
  const [attempts, steps, tools, written] = await Promise.all([
    listAttempts(db, runId),
    listSteps(db, runId),
    listTools(db, runId),
    readWritten(db, runId),
  ]);
  return { attempts, steps, tools, ...written };
}

async function listAttempts(db: Db, runId: string): Promise<RunRecord['attempts']> {
  const { rows } = await db.pool.query<{ epoch: number; started: Date; ended: Date | null; reason: RunAttemptEnd | null }>(
    `SELECT epoch, started_at AS started, ended_at AS ended, end_reason AS reason
       FROM run_attempt WHERE run_id = $1 ORDER BY epoch`,
    [runId],
  );
  return rows.map(({ epoch, started, ended, reason }) => ({
    epoch,
    startedAt: started.toISOString(),
    endedAt: ended?.toISOString() ?? null,
    endReason: reason,
  }));
}

type StepRow = { number: number; epoch: number; reason: string; usage: Partial<LanguageModelUsage>; completed: Date };

async function listSteps(db: Db, runId: string): Promise<RunRecord['steps']> {
  const { rows } = await db.pool.query<StepRow>(
    `SELECT step_number AS number, epoch, finish_reason AS reason, usage, created_at AS completed
       FROM run_step WHERE run_id = $1 ORDER BY step_number`,
    [runId],
  );
  return rows.map(({ number, epoch, reason, usage, completed }) => ({
    stepNumber: number,
    epoch,
    finishReason: reason,
    usage: { inputTokens: usage.inputTokens ?? null, outputTokens: usage.outputTokens ?? null },
    completedAt: completed.toISOString(),
  }));
}

type ToolRow = {
  step: number;
  ordinal: number;
  name: string;
  starts: number;
  started: Date;
  finished: Date | null;
  outcome: ToolOutcome['kind'] | null;
};

async function listTools(db: Db, runId: string): Promise<RunRecord['tools']> {
  const { rows } = await db.pool.query<ToolRow>(
    `SELECT step_number AS step, ordinal, tool_name AS name, starts, started_at AS started, finished_at AS finished,
            outcome ->> 'kind' AS outcome
       FROM run_tool_call WHERE run_id = $1 ORDER BY step_number, ordinal`,
    [runId],
  );
  return rows.map(({ step, ordinal, name, starts, started, finished, outcome }) => ({
    stepNumber: step,
    ordinal,
    toolName: name,
    starts,
    startedAt: started.toISOString(),
    finishedAt: finished?.toISOString() ?? null,
    outcome,
  }));
}

/** earlier: the drafts of each run before it */
type WrittenRow = { drafts: Chunk[][]; earlier: Chunk[][][]; first: Date | null; isOver: boolean };

/** While the run goes on it stands in its journal. The drafts of the runs that wrote the same answer before come first. */
async function readWritten(db: Db, runId: string): Promise<Pick<RunRecord, 'firstWordAt' | 'drafts'>> {
  const { rows } = await db.pool.query<WrittenRow>(
    `SELECT drafts, first_word_at AS first, finished_at IS NOT NULL AS "isOver",
            ARRAY(SELECT earlier.drafts FROM run AS earlier
                   WHERE earlier.chat_id = run.chat_id AND earlier.assistant_message_id = run.assistant_message_id
                     AND (earlier.created_at, earlier.id) < (run.created_at, run.id)
                   ORDER BY earlier.created_at, earlier.id) AS earlier
       FROM run WHERE id = $1`,
    [runId],
  );
  const [run] = rows;
  const earlier = run?.earlier.flat() ?? [];
  if (run?.isOver) return { firstWordAt: run.first?.toISOString() ?? null, drafts: [...earlier, ...run.drafts] };
  const journal = await readJournal(db.pool, runId);
  const drafts = [...earlier, ...draftsOf(chunksOf(journal))];
  return { firstWordAt: firstWordAt(journal)?.toISOString() ?? null, drafts };
}
