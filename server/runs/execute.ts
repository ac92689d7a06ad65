/**
 * Execute: a claimed run through the agent, as a pipeline. What comes out is a value; the worker settles it, releases
 * it or forgets it.
 */
import type { Logger } from 'pino';
import type { ChatMessage, Chunk } from '#domain/message-view';
import type { RunErrorCode } from '#domain/run-error';
import type { Agent, AgentEvent, CompletedStep } from './agent.ts';
import type { StepRecord } from './append.ts';
import { createChunkCleaner, cleanValue } from './clean-chunk.ts';
import type { ClaimedRun } from './claim.ts';
import type { Journal, RunWriter } from './journal.ts';
import { chunksOf, hasOpenStep, journalledOutcome, readJournal, type RunOutcome } from './journal-reading.ts';
import { type JournalAlarm, JournalClosed } from './open-run.ts';
import { listPath } from './reads.ts';
import { retryUntilDone } from './retry-until-done.ts';
import type { RunDatabase } from './run-database.ts';
import { createStopwatch, type RunTimeouts } from './stopwatch.ts';
import { beginStep } from './transitions.ts';

/** released: give it back, unfinished. lost: another owner has it, or may have; write nothing more. */
export type Execution = { outcome: RunOutcome | { kind: 'released' } | { kind: 'lost' }; lastSeq: number };

/** Why a run's work is cut short. */
export type Interruption = 'stop' | 'release' | 'lost' | RunErrorCode;

export type ExecuteContext = {
  db: RunDatabase;
  agent: Agent;
  journal: Journal;
  leaseSeconds: number;
  timeouts: RunTimeouts;
  log: Logger;
  /** how others interrupt this run; the first reason counts */
  interruption: AbortController;
};

/** @throws only the unforeseen */
export async function executeRun(context: ExecuteContext, claimed: ClaimedRun): Promise<Execution> {
  const { journal, interruption } = context;
  const writer = journal.open(claimed.lease, claimed.run.last_seq, (alarm) => interruption.abort(interruptionOf(alarm)));
  try {
    const outcome = await answer(context, claimed, writer);
    await writer.landed();
    return { outcome, lastSeq: writer.lastSeq() };
  } catch (error) {
    if (!(error instanceof JournalClosed) && !interruption.signal.aborted) throw error;
    return { outcome: toOutcome(interruption.signal.reason as Interruption), lastSeq: writer.lastSeq() };
  } finally {
    writer.close();
  }
}

async function answer(context: ExecuteContext, claimed: ClaimedRun, writer: RunWriter) {
  const { db, log, interruption } = context;
  const before = await retryUntilDone(() => readProgress(db, claimed), log, interruption.signal);
  return journalledOutcome(before.chunks) ?? converse(context, claimed, { before, writer });
}

type Progress = { messages: ChatMessage[]; chunks: Chunk[]; completedSteps: CompletedStep[] };

async function readProgress(db: RunDatabase, { run }: ClaimedRun): Promise<Progress> {
  const messages = await listPath(db, run.chat_id, run.user_message_id);
  if (run.last_seq === 0) return { messages, chunks: [], completedSteps: [] };
  const { rows: completedSteps } = await db.pool.query<CompletedStep>(
    `SELECT response_messages AS "responseMessages", finish_reason AS "finishReason", usage
       FROM run_step WHERE run_id = $1 ORDER BY step_number`,
    [run.id],
  );
  return { messages, chunks: chunksOf(await readJournal(db.pool, run.id)), completedSteps };
}

type Conversation = { before: Progress; writer: RunWriter };

async function converse(context: ExecuteContext, claimed: ClaimedRun, { before, writer }: Conversation) {
  const { db, agent, leaseSeconds, interruption, timeouts, log } = context;
  const { lease, run } = claimed;
  const stopwatch = createStopwatch(timeouts, claimed.elapsedSeconds, (code) => interruption.abort(code));
  const prepare = createIntake(claimed, before.chunks);
  if (hasOpenStep(before.chunks)) writer.write({ type: 'reset-step' });
  const events = agent.stream({
    runId: run.id,
    model: run.model,
    config: run.config,
    messages: before.messages,
    completedSteps: before.completedSteps,
    abortSignal: interruption.signal,
    beginStep: async () => {
      const answer = await retryUntilDone(() => beginStep(db, lease, leaseSeconds), log, interruption.signal);
      if (answer === 'begun') return;
      interruption.abort(answer === 'stopped' ? 'stop' : 'lost');
      throw new Error('this run must not begin another step');
    },
  });
  try {
    return await pump(events, { interruption, writer, stopwatch, prepare });
  } finally {
    stopwatch.close();
  }
}

type Pump = {
  interruption: AbortController;
  writer: RunWriter;
  stopwatch: ReturnType<typeof createStopwatch>;
  prepare: (chunk: Chunk) => Chunk | null;
};

async function pump(events: ReadableStream<AgentEvent>, { interruption, writer, stopwatch, prepare }: Pump) {
  const { signal } = interruption;
  const reader = events.getReader();
  // Ends the read under way at once, whatever the provider does.
  const leave = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  for (;;) {
    const next = await reader.read().catch(unforeseen);
    if (signal.aborted) return toOutcome(signal.reason as Interruption);
    if (next.done) return { kind: 'succeeded' } as const;
    const event = next.value;
    if (event.kind === 'failure') return { kind: 'failed', code: event.code, detail: event.detail } as const;
    const chunk = prepare(event.chunk);
    if (!chunk) continue;
    stopwatch.see(chunk);
    writer.write(chunk, event.kind === 'step' ? (cleanValue(event.step) as StepRecord) : undefined);
    await writer.ready();
  }
}

/** An agent that throws has a fault of its own; its provider's trouble comes as an event. */
const unforeseen = (error: unknown): { done: false; value: AgentEvent } => ({
  done: false,
  value: { kind: 'failure', code: 'INTERNAL', detail: String(error) },
});

/** Chunks on their way into the journal: cleaned, under our message id, nothing opened twice by a continuation. */
function createIntake({ run }: ClaimedRun, before: readonly Chunk[]): (chunk: Chunk) => Chunk | null {
  const clean = createChunkCleaner();
  let dropsStart = before.some((chunk) => chunk.type === 'start');
  // reset-step leaves the step it empties open.
  let dropsStepStart = hasOpenStep(before);
  return (chunk) => {
    if (chunk.type === 'start') {
      if (dropsStart) return null;
      dropsStart = true;
      return { type: 'start', messageId: run.assistant_message_id };
    }
    if (chunk.type === 'start-step' && dropsStepStart) {
      dropsStepStart = false;
      return null;
    }
    return clean(chunk);
  };
}

function interruptionOf(alarm: JournalAlarm): Interruption {
  switch (alarm) {
    case 'stop':
      return 'stop';
    case 'fenced':
    case 'lease-expired':
      return 'lost';
    // Nobody's fault, so it counts as no attempt: whoever is next goes on as soon as the database is back.
    case 'cut-off':
      return 'release';
    case 'too-long':
      return 'ANSWER_TOO_LONG';
    case 'unstorable':
      return 'STORAGE_FAILED';
  }
}

function toOutcome(interruption: Interruption): Execution['outcome'] {
  switch (interruption) {
    case 'stop':
      return { kind: 'aborted' };
    case 'release':
      return { kind: 'released' };
    case 'lost':
      return { kind: 'lost' };
    default:
      return { kind: 'failed', code: interruption, detail: 'cut short by the worker' };
  }
}
