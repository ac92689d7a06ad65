/** The tools of one run in one process: each waits for its record, runs under its clock and has its answer recorded. */
import { setTimeout as delay } from 'node:timers/promises';
import type { JSONValue } from 'ai';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { AgentInput, ModelCall } from './agent.ts';
import { cleanValue } from './clean-chunk.ts';
import type { RunWriter } from './journal.ts';
import type { Lease } from './lease.ts';
import { retryUntilDone } from './retry-until-done.ts';
import type { RunDatabase } from './run-database.ts';
import { beginTool, type ExecuteTool, recordToolOutcome, type ToolOutcome, type ToolStart } from './tool-call.ts';

/** As JSON; a longer answer is an error for the model. */
const maxOutputBytes = 1_000_000;
const maxMessageLength = 10_000;
/** An answer that has been given is worth a moment's waiting. */
const maxRecordingMs = 1_000;
export const toolTookTooLong = 'The tool took too long.';

export type ToolLedgerOptions = {
  db: RunDatabase;
  lease: Lease;
  writer: Pick<RunWriter, 'recordCall' | 'landed' | 'holdsLease' | 'renewed'>;
  leaseSeconds: number;
  /** recorded by an earlier owner, its tools not all answered */
  openCall: ModelCall | null;
  toolSeconds: number;
  /** how this run is interrupted */
  interruption: AbortController;
  log: Logger;
};

export type ToolLedger = {
  /** A model call has ended: record it. Its tools have waited for this. */
  note(call: ModelCall): void;
  /** The step is complete: ids of its calls may come again in the next one. */
  endStep(): void;
  run: AgentInput['runTool'];
  /** The run ends here: tools still at work are told. Resolves when the answers already given are recorded. */
  close(): Promise<void>;
};

export function createToolLedger(options: ToolLedgerOptions): ToolLedger {
  const { writer, interruption } = options;
  const ending = new AbortController();
  const signal = AbortSignal.any([interruption.signal, ending.signal]);
  const running = new Set<Promise<ToolOutcome>>();
  const taken = new Set<number>();
  let call = options.openCall;
  let noted = Promise.withResolvers<void>();

  /** Providers are known to give two calls of a step one id: whoever comes first is the first of them. */
  function takeOrdinal(toolCallId: string): number | undefined {
    const ids = call?.content.flatMap((part) => (part.type === 'tool-call' ? [part.toolCallId] : [])) ?? [];
    const index = ids.findIndex((id, i) => id === toolCallId && !taken.has(i));
    if (index === -1) return undefined;
    taken.add(index);
    return index + 1;
  }

  /** The SDK may start a tool before its model call has come through to us as an event. */
  async function untilRecorded(toolCallId: string): Promise<number> {
    let ordinal = takeOrdinal(toolCallId);
    if (ordinal === undefined) {
      await Promise.race([noted.promise, whenAborted(signal)]);
      ordinal = takeOrdinal(toolCallId);
    }
    if (ordinal === undefined) throw new Error('a tool was started that the recorded call does not ask for');
    await writer.landed();
    return ordinal;
  }

  async function run(start: ToolStart, execute: ExecuteTool): Promise<ToolOutcome> {
    const known = { ...start, toolCallId: cleanValue(start.toolCallId) as string };
    const ordinal = await untilRecorded(known.toolCallId);
    return runRecorded({ ...options, signal }, { start: known, execute, ordinal });
  }

  return {
    note(ended) {
      call = ended;
      taken.clear();
      writer.recordCall(ended);
      noted.resolve();
      noted = Promise.withResolvers();
    },
    endStep() {
      call = null;
    },
    run(start, execute) {
      const outcome = run(start, execute).finally(() => running.delete(outcome));
      running.add(outcome);
      return outcome;
    },
    async close() {
      ending.abort('over');
      await Promise.race([Promise.allSettled(running), delay(maxRecordingMs)]);
    },
  };
}

type RecordedTool = { start: ToolStart; execute: ExecuteTool; ordinal: number };

type RunningTool = ToolLedgerOptions & {
  /** the run is over in this process */
  signal: AbortSignal;
};

async function runRecorded(options: RunningTool, { start, execute, ordinal }: RecordedTool): Promise<ToolOutcome> {
  const { db, lease, leaseSeconds, log, interruption, signal, writer } = options;
  const place = { ...start, ordinal, leaseSeconds, startId: uuidv7() };
  const begun = await retryUntilDone(() => writer.renewed(() => beginTool(db, lease, place)), log, signal);
  switch (begun.kind) {
    case 'answered':
      return begun.outcome;
    case 'unknown':
      log.warn({ toolName: start.toolName, ordinal }, 'the outcome of a tool is unknown after a restart');
      return { kind: 'unknown' };
    case 'stopped':
    case 'fenced':
      interruption.abort(begun.kind === 'stopped' ? 'stop' : 'lost');
      throw new Error('this run must not start another tool');
    case 'begun': {
      // Stopped or frozen since the database said so: its start is known, its work has not begun.
      if (!writer.holdsLease()) interruption.abort('lost');
      signal.throwIfAborted();
      const outcome = await work(options, execute, `${lease.runId}.${begun.stepNumber}.${ordinal}`);
      const record = () => recordToolOutcome(db, lease, { ...place, outcome });
      const recorded = await retryUntilDone(() => writer.renewed(record), log, signal);
      if (!recorded) interruption.abort('lost');
      signal.throwIfAborted();
      return outcome;
    }
  }
}

/** Never rejects but for the end of the run itself: whatever the tool does is an outcome. */
async function work(options: RunningTool, execute: ExecuteTool, idempotencyKey: string): Promise<ToolOutcome> {
  const { signal, toolSeconds, log } = options;
  const tooLong = AbortSignal.timeout(toolSeconds * 1_000);
  const abortSignal = AbortSignal.any([signal, tooLong]);
  try {
    // A tool that does not listen to the signal must not hold the run.
    return toResult(await Promise.race([execute({ idempotencyKey, abortSignal }), whenAborted(abortSignal)]));
  } catch (error) {
    signal.throwIfAborted();
    log.info({ err: error, idempotencyKey }, 'a tool failed');
    if (tooLong.aborted) return { kind: 'error', message: toolTookTooLong };
    return { kind: 'error', message: messageOf(error) };
  }
}

function toResult(output: unknown): ToolOutcome {
  const json = JSON.stringify(output ?? null);
  if (Buffer.byteLength(json) > maxOutputBytes) {
    return { kind: 'error', message: 'The tool answered with more than fits.' };
  }
  return { kind: 'result', output: cleanValue(JSON.parse(json)) as JSONValue };
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (cleanValue(message.slice(0, maxMessageLength)) as string) || 'The tool failed.';
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    else signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
