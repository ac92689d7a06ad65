/** The tools of one run in one process: each waits for its record, runs under its clock and has its answer recorded. */
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
export const toolTookTooLong = 'The tool took too long.';

export type ToolLedgerOptions = {
  db: RunDatabase;
  lease: Lease;
  writer: Pick<RunWriter, 'recordCall' | 'landed'>;
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
};

export function createToolLedger(options: ToolLedgerOptions): ToolLedger {
  const { writer, interruption } = options;
  const { signal } = interruption;
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
    for (;;) {
      const ordinal = takeOrdinal(toolCallId);
      if (ordinal !== undefined) {
        await writer.landed();
        return ordinal;
      }
      await Promise.race([noted.promise, whenAborted(signal)]);
    }
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
    async run(start, execute) {
      return runRecorded(options, { start, execute, ordinal: await untilRecorded(start.toolCallId) });
    },
  };
}

type RecordedTool = { start: ToolStart; execute: ExecuteTool; ordinal: number };

async function runRecorded(options: ToolLedgerOptions, { start, execute, ordinal }: RecordedTool): Promise<ToolOutcome> {
  const { db, lease, log, interruption } = options;
  const { signal } = interruption;
  const startId = uuidv7();
  const begun = await retryUntilDone(() => beginTool(db, lease, { ...start, ordinal, startId }), log, signal);
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
      const outcome = await work(options, execute, `${lease.runId}.${begun.stepNumber}.${ordinal}`);
      const recorded = await retryUntilDone(() => recordToolOutcome(db, lease, { startId, ordinal, outcome }), log, signal);
      if (!recorded) interruption.abort('lost');
      signal.throwIfAborted();
      return outcome;
    }
  }
}

/** Never rejects but for the end of the run itself: whatever the tool does is an outcome. */
async function work(options: ToolLedgerOptions, execute: ExecuteTool, idempotencyKey: string): Promise<ToolOutcome> {
  const { interruption, toolSeconds, log } = options;
  const tooLong = AbortSignal.timeout(toolSeconds * 1_000);
  const abortSignal = AbortSignal.any([interruption.signal, tooLong]);
  try {
    // A tool that does not listen to the signal must not hold the run.
    const output = await Promise.race([execute({ idempotencyKey, abortSignal }), whenAborted(abortSignal)]);
    interruption.signal.throwIfAborted();
    return toResult(output);
  } catch (error) {
    interruption.signal.throwIfAborted();
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
  return (cleanValue(message) as string).slice(0, maxMessageLength) || 'The tool failed.';
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    else signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
