import { type Tool, type ToolExecutionOptions, tool } from 'ai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unknownToolOutcome } from '#domain/tool-outcome';
import type { AgentInput } from '#server/runs/agent';
import type { ToolOutcome, ToolStart } from '#server/runs/tool-call';
import { runToolAtOnce } from '#server/testing/run-tool-at-once';
import { type AgentTool, type ToolCallOptions, toToolSet } from './tools.ts';

const options: ToolExecutionOptions<unknown> = {
  toolCallId: 'call',
  messages: [],
  context: undefined,
  abortSignal: new AbortController().signal,
};

function toolThat(execute: (input: string, options: ToolCallOptions) => unknown): AgentTool {
  return { tool: { inputSchema: z.string(), execute: execute as Tool['execute'] } as Tool, idempotent: true };
}

async function start(agentTool: AgentTool, runTool: AgentInput['runTool'] = runToolAtOnce): Promise<unknown> {
  const { subject } = toToolSet({ subject: agentTool }, runTool);
  return subject?.execute?.('input', options);
}

const answering = (outcome: ToolOutcome) => async () => outcome;
const never = toolThat(() => expect.unreachable('must not start'));

describe('toToolSet', () => {
  it('starts a tool by runTool, and hands it the input, the key and the signal', async () => {
    const starts: ToolStart[] = [];
    const { signal } = new AbortController();
    const output = await start(
      toolThat((input, { idempotencyKey, abortSignal, toolCallId }) => {
        return { input, idempotencyKey, isOurs: abortSignal === signal, toolCallId };
      }),
      async (call, execute) => {
        starts.push(call);
        return { kind: 'result', output: (await execute({ idempotencyKey: 'run.1.2', abortSignal: signal })) as null };
      },
    );
    expect(output).toEqual({ input: 'input', idempotencyKey: 'run.1.2', isOurs: true, toolCallId: 'call' });
    expect(starts).toEqual([{ toolCallId: 'call', toolName: 'subject', idempotent: true }]);
  });

  it('answers with a recorded outcome instead of starting the tool', async () => {
    expect(await start(never, answering({ kind: 'result', output: 'before' }))).toBe('before');
  });

  it('takes the last value of a tool that answers bit by bit', async () => {
    const counting = toolThat(async function* () {
      yield 1;
      yield 2;
    });
    expect(await start(counting)).toBe(2);
  });

  const failures: [ToolOutcome, string][] = [
    [{ kind: 'error', message: 'The tool took too long.' }, 'The tool took too long.'],
    [{ kind: 'unknown' }, unknownToolOutcome],
  ];
  it.each(failures)('says %o in its own words', async (outcome, words) => {
    const failure: unknown = await start(never, answering(outcome)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(String(failure)).toBe(words);
  });

  it('hands what a tool throws to runTool, also when it throws at once', async () => {
    const broken = toolThat(() => {
      throw new Error('no such file');
    });
    await expect(start(broken)).rejects.toThrow('no such file');
  });

  it('leaves a tool alone that somebody else executes', () => {
    const theirs = tool({ inputSchema: z.string() });
    expect(toToolSet({ theirs: { tool: theirs, idempotent: false } }, runToolAtOnce)).toEqual({ theirs });
  });
});
