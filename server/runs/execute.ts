/**
 * Execute: a claimed run through the agent, as a pipeline. What comes out is a value; the worker settles it, releases
 * it or forgets it.
 */
import type { Logger } from 'pino';
import type { Chunk } from '#domain/message-view';
import type { RunErrorCode } from '#domain/run-error';
import type { Agent, AgentEvent, ModelCall } from './agent.ts';
import type { StepRecord } from './append.ts';
import { cleanValue } from './clean-chunk.ts';
import type { ClaimedRun } from './claim.ts';
import { createIntake } from './intake.ts';
import type { Journal, RunWriter } from './journal.ts';
import { journalledOutcome, type RunOutcome } from './journal-reading.ts';
import type { Lease } from './lease.ts';
import { type JournalAlarm, JournalClosed } from './open-run.ts';
import { createPartClock, type PartClock } from './part-clock.ts';
import { type Progress, readProgress } from './progress.ts';
import { readChatFiles } from './read-files.ts';
import { retryUntilDone } from './retry-until-done.ts';
import type { RunDatabase } from './run-database.ts';
import { createStopwatch, type RunTimeouts, type Stopwatch } from './stopwatch.ts';
import { createToolLedger, type ToolLedger } from './tool-ledger.ts';
import { beginStep } from './transitions.ts';

/** released: give it back, unfinished. lost: another owner has it, or may have; write nothing more. */
export type Execution = {
  outcome: RunOutcome | { kind: 'released'; reason: 'released' | 'cut_off' } | { kind: 'lost' };
  lastSeq: number;
};

/** Why a run's work is cut short. cut-off: as release, because the database was away. */
export type Interruption = 'stop' | 'release' | 'cut-off' | 'lost' | RunErrorCode;

export type ExecuteContext = {
  db: RunDatabase;
  agent: Agent;
  journal: Journal;
  leaseSeconds: number;
  timeouts: RunTimeouts;
  log: Logger;
  /** how others interrupt this run; the first reason counts */
  interruption: AbortController;
  /** this process begins no further step */
  isDraining: () => boolean;
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

type Conversation = { before: Progress; writer: RunWriter };

async function converse(context: ExecuteContext, claimed: ClaimedRun, { before, writer }: Conversation) {
  const { db, agent, interruption, timeouts, log } = context;
  const { lease, run } = claimed;
  const stopwatch = createStopwatch(timeouts, claimed.elapsedSeconds, (code) => interruption.abort(code));
  const { openCall } = before;
  const ledger = createToolLedger({ ...context, lease, writer, openCall, toolSeconds: timeouts.toolSeconds });
  const clock = createPartClock();
  const say = createSpeaker({ prepare: createIntake(claimed, before), clock, writer, stopwatch, ledger });
  let isOver = false;
  if (before.isHalfWritten) writer.write({ type: 'reset-step' });
  if (openCall) stopwatch.toolsBegin();
  const events = agent.stream({
    runId: run.id,
    model: run.model,
    config: run.config,
    messages: before.messages,
    readFiles: (fileIds) => retryUntilDone(() => readChatFiles(db, run.chat_id, fileIds), log, interruption.signal),
    completedSteps: before.completedSteps,
    openCall,
    abortSignal: interruption.signal,
    beginStep: () => askToBegin(context, lease, writer),
    runTool: (start, execute) => ledger.run(start, clock.timed(start.toolCallId, execute)),
    takeDelta(chunk) {
      if (isOver || interruption.signal.aborted || !writer.hasRoom()) return false;
      say(chunk);
      return true;
    },
  });
  try {
    return await pump(events, { interruption, writer, stopwatch, say, ledger });
  } finally {
    isOver = true;
    stopwatch.close();
    await ledger.close();
  }
}

/** This run must not begin another step here. The agent hands on what it has of the step before, then this. */
class StepRefused extends Error {
  override name = 'StepRefused';
  readonly interruption: Interruption;

  constructor(interruption: Interruption) {
    super(`no further step: ${interruption}`);
    this.interruption = interruption;
  }
}

/** @throws StepRefused */
async function askToBegin(context: ExecuteContext, lease: Lease, writer: RunWriter): Promise<void> {
  const { db, leaseSeconds, interruption, log } = context;
  const answer = context.isDraining()
    ? 'draining'
    : await retryUntilDone(() => writer.renewed(() => beginStep(db, lease, leaseSeconds)), log, interruption.signal);
  if (answer === 'begun' && writer.holdsLease()) return;
  const reasons = { draining: 'release', stopped: 'stop', fenced: 'lost', begun: 'lost' } as const;
  throw new StepRefused(reasons[answer]);
}

type Speaker = {
  prepare: (chunk: Chunk) => Chunk | null;
  clock: PartClock;
  writer: RunWriter;
  stopwatch: Stopwatch;
  ledger: ToolLedger;
};
type Say = (chunk: Chunk, step?: StepRecord) => void;

/** What the agent says, into the journal. */
function createSpeaker({ prepare, clock, writer, stopwatch, ledger }: Speaker): Say {
  return (said, step) => {
    const prepared = prepare(said);
    if (!prepared) return;
    const chunk = clock.stamp(prepared);
    stopwatch.see(chunk);
    if (step) ledger.endStep();
    writer.write(chunk, step);
  };
}

type Pump = Omit<Speaker, 'prepare' | 'clock'> & { interruption: AbortController; say: Say };

async function pump(events: ReadableStream<AgentEvent>, pumped: Pump) {
  const { writer, stopwatch, say, ledger } = pumped;
  const { signal } = pumped.interruption;
  const reader = events.getReader();
  // Ends the read under way at once, whatever the provider does.
  const leave = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  try {
    for (;;) {
      const next = await reader.read().catch(endOfStream);
      if ('refused' in next) return toOutcome(next.refused);
      if (signal.aborted) return toOutcome(signal.reason as Interruption);
      if (next.done) return { kind: 'succeeded' } as const;
      const event = next.value;
      if (event.kind === 'failure') return { kind: 'failed', code: event.code, detail: event.detail } as const;
      if (event.kind === 'call') {
        ledger.note(cleanValue(event.call) as ModelCall);
        stopwatch.toolsBegin();
        continue;
      }
      say(event.chunk, event.kind === 'step' ? (cleanValue(event.step) as StepRecord) : undefined);
      await writer.ready();
    }
  } finally {
    signal.removeEventListener('abort', leave);
    // Whatever ended it: the provider's request ends too.
    leave();
  }
}

/** An agent that throws anything else has a fault of its own; its provider's trouble comes as an event. */
function endOfStream(error: unknown): { done: false; value: AgentEvent } | { refused: Interruption } {
  if (error instanceof StepRefused) return { refused: error.interruption };
  return { done: false, value: { kind: 'failure', code: 'INTERNAL', detail: String(error) } };
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
      return 'cut-off';
    case 'too-long':
      return 'ANSWER_TOO_LONG';
    case 'unstorable':
      return 'STORAGE_FAILED';
    case 'disk-full':
      return 'STORAGE_FULL';
  }
}

function toOutcome(interruption: Interruption): Execution['outcome'] {
  switch (interruption) {
    case 'stop':
      return { kind: 'aborted' };
    case 'release':
      return { kind: 'released', reason: 'released' };
    case 'cut-off':
      return { kind: 'released', reason: 'cut_off' };
    case 'lost':
      return { kind: 'lost' };
    default:
      return { kind: 'failed', code: interruption, detail: 'cut short by the worker' };
  }
}
