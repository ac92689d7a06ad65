/** How far a run has come: where its next owner goes on. */
import type { ChatMessage, Chunk } from '#domain/message-view';
import type { CompletedStep, ModelCall } from './agent.ts';
import type { ClaimedRun } from './claim.ts';
import { chunksOf, hasOpenStep, type JournalRow, readJournal } from './journal-reading.ts';
import { listPath } from './reads.ts';
import type { RunDatabase } from './run-database.ts';
import type { RunRow } from './run-row.ts';

type Db = Pick<RunDatabase, 'pool'>;

export type Progress = {
  /** the branch up to and including the question */
  messages: ChatMessage[];
  /** of this answer, by all the runs that wrote it */
  completedSteps: CompletedStep[];
  /** this run's journal */
  chunks: Chunk[];
  /** the call of the step after those, when it has ended and its tools have not */
  openCall: ModelCall | null;
  /** the journal ends in a step that must be wiped: its model call never ended */
  isHalfWritten: boolean;
};

export async function readProgress(db: Db, { run }: ClaimedRun): Promise<Progress> {
  const isFresh = run.last_seq === 0;
  const [messages, completedSteps, journal, recorded] = await Promise.all([
    listPath(db, run.chat_id, run.user_message_id),
    isFresh && run.trigger !== 'continue' ? [] : listCompletedSteps(db, run),
    isFresh ? [] : readJournal(db.pool, run.id),
    isFresh ? null : findRecordedCall(db, run),
  ]);
  const chunks = chunksOf(journal);
  const openCall = recorded && !isWiped(recorded, journal) ? recorded.call : null;
  // What a recorded model call said is whole: its tools are taken up where they were.
  return { messages, completedSteps, chunks, openCall, isHalfWritten: hasOpenStep(chunks) && !openCall };
}

async function listCompletedSteps(db: Db, run: RunRow): Promise<CompletedStep[]> {
  const { rows } = await db.pool.query<CompletedStep>({
    name: 'list-completed-steps',
    text: `SELECT step.response_messages AS "responseMessages", step.finish_reason AS "finishReason", step.usage
             FROM run JOIN run_step AS step ON step.run_id = run.id
            WHERE run.chat_id = $1 AND run.assistant_message_id = $2
            ORDER BY run.created_at, run.id, step.step_number`,
    values: [run.chat_id, run.assistant_message_id],
  });
  return rows;
}

type RecordedCall = { call: ModelCall; lastSeq: number };

async function findRecordedCall(db: Db, run: RunRow): Promise<RecordedCall | null> {
  const { rows } = await db.pool.query<ModelCall & { lastSeq: number }>(
    `SELECT content, finish_reason AS "finishReason", usage, last_seq AS "lastSeq"
       FROM run_model_call WHERE run_id = $1 AND step_number = $2`,
    [run.id, run.step_count + 1],
  );
  if (!rows[0]) return null;
  const { lastSeq, ...call } = rows[0];
  return { call, lastSeq };
}

/** During an update, a worker that knew of no records may have begun the step anew. */
const isWiped = ({ lastSeq }: RecordedCall, journal: readonly JournalRow[]) =>
  chunksOf(journal.filter((row) => row.from_seq > lastSeq)).some((chunk) => chunk.type === 'reset-step');
