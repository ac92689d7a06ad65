import { type Tool, type ToolSet, tool } from 'ai';
import { z } from 'zod';
import { calculate } from './arithmetic.ts';

/** A tool and what we must know to take over a run in the middle of it. */
export type AgentTool = {
  tool: Tool;
  /** may be started again while an earlier start of the same call is perhaps still at work */
  idempotent: boolean;
};

export type AgentTools = Record<string, AgentTool>;

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

/** The tools in the form of the AI SDK. */
export function toToolSet(tools: AgentTools): ToolSet {
  return Object.fromEntries(Object.entries(tools).map(([name, { tool }]) => [name, tool]));
}
