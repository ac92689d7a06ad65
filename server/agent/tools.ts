import { type Tool, type ToolExecutionOptions, type ToolSet, tool } from 'ai';
import { z } from 'zod';
import { unknownToolOutcome } from '#domain/tool-outcome';
import type { AgentInput } from '#server/runs/agent';
import { calculate } from './arithmetic.ts';

/** A tool and what we must know to take over a run in the middle of it. */
export type AgentTool = {
  /** its execute gets ToolCallOptions; of an AsyncIterable that it returns, the last value is the result */
  tool: Tool;
  /**
   * Promises that a second start of the same call does no harm, even while the first is perhaps still at work: the
   * tool only reads, or leaves it to the idempotency key to tell that this was asked before. A tool without the
   * promise is started once; is its process lost meanwhile, the model is told that nobody knows what it did.
   */
  idempotent: boolean;
};

export type AgentTools = Record<string, AgentTool>;

/** What `execute` of a tool gets beside its input. */
export type ToolCallOptions = ToolExecutionOptions<unknown> & {
  /** the same for every start of this call, in whatever process */
  idempotencyKey: string;
  /** aborts when the run is stopped or lost and when the tool takes too long */
  abortSignal: AbortSignal;
};

const currentTime = tool({
  description: 'Tells the current date and time.',
  inputSchema: z.object({
    timeZone: z.string().default('UTC').describe('IANA time zone, for example Europe/Berlin'),
  }),
  execute: ({ timeZone }, { abortSignal }) => {
    abortSignal?.throwIfAborted();
    const now = new Date();
    const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone });
    return { iso: now.toISOString(), local: clock.format(now), timeZone };
  },
});

const calculator = tool({
  description: 'Calculates exactly: + - * / ^, brackets, decimals.',
  inputSchema: z.object({ expression: z.string().describe('for example (2 + 3) * 4.5') }),
  execute: ({ expression }, { abortSignal }) => {
    abortSignal?.throwIfAborted();
    return { expression, result: calculate(expression) };
  },
});

/** What every agent of ours may use: nothing here reaches beyond this process. */
export const harmlessTools: AgentTools = {
  currentTime: { tool: currentTime, idempotent: true },
  calculate: { tool: calculator, idempotent: true },
};

/**
 * The tools in the form of the AI SDK, each started by nobody but `runTool`.
 *
 * @param runTool must not reject: the AI SDK would tell the model that the tool has failed
 */
export function toToolSet(tools: AgentTools, runTool: AgentInput['runTool']): ToolSet {
  return Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, toSdkTool(name, tool, runTool)]));
}

function toSdkTool(toolName: string, { tool, idempotent }: AgentTool, runTool: AgentInput['runTool']): Tool {
  const { execute } = tool;
  if (execute === undefined) return tool;
  return {
    ...tool,
    async execute(input: unknown, options: ToolExecutionOptions<unknown>) {
      const outcome = await runTool({ toolCallId: options.toolCallId, toolName, idempotent }, async (context) => {
        const callOptions: ToolCallOptions = { ...options, ...context };
        return resultOf(execute(input, callOptions));
      });
      if (outcome.kind === 'result') return outcome.output;
      throw new ToolFailure(outcome.kind === 'error' ? outcome.message : unknownToolOutcome);
    },
  } as Tool;
}

async function resultOf(returned: unknown): Promise<unknown> {
  if (!isAsyncIterable(returned)) return returned;
  let last: unknown;
  for await (const value of returned) last = value;
  return last;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** The AI SDK tells the model and the page what this is as a string: the message and nothing before it. */
class ToolFailure extends Error {
  override toString(): string {
    return this.message;
  }
}
