/** A run's record: how it came about, for whoever wants to know more than its end. */
import type { LanguageModelUsage } from 'ai';
import type { Chunk } from '#domain/message-view';
import type { RunAttemptEnd, RunRecord } from '#domain/run-view';
import { chunksOf, draftsOf, readJournal } from './journal-reading.ts';
import type { RunDatabase } from './run-database.ts';

type Db = Pick<RunDatabase, 'pool'>;

/** Trusts its caller to have checked who may see the run. */
export async function readRunRecord(db: Db, runId: string): Promise<RunRecord> {
  const [attempts, steps, drafts] = await Promise.all([listAttempts(db, runId), listSteps(db, runId), listDrafts(db, runId)]);
  return { attempts, steps, drafts };
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

/** While the run goes on they stand in its journal. */
async function listDrafts(db: Db, runId: string): Promise<Chunk[][]> {
  const { rows } = await db.pool.query<{ drafts: Chunk[][]; isOver: boolean }>(
    `SELECT drafts, finished_at IS NOT NULL AS "isOver" FROM run WHERE id = $1`,
    [runId],
  );
  if (rows[0]?.isOver) return rows[0].drafts;
  return draftsOf(chunksOf(await readJournal(db.pool, runId)));
}
