import type { LanguageModelV4Prompt, LanguageModelV4StreamPart as Part } from '@ai-sdk/provider';
import { tool } from 'ai';
import { convertArrayToReadableStream, MockLanguageModelV4 } from 'ai/test';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unknownToolOutcome } from '#domain/tool-outcome';
import type { AgentEvent, AgentInput, CompletedStep, ModelCall } from '#server/runs/agent';
import { collectStream } from '#server/testing/collect-stream';
import { agentInput } from '#server/testing/agent-input';
import { runToolAtOnce } from '#server/testing/run-tool-at-once';
import { createAgent } from './agent.ts';
import type { AgentTools } from './tools.ts';

const usage = {
  inputTokens: { total: 7, noCache: 4, cacheRead: 3, cacheWrite: undefined },
  outputTokens: { total: 5, text: 4, reasoning: 1 },
};
const end = (reason: 'stop' | 'tool-calls'): Part => {
  return { type: 'finish', finishReason: { unified: reason, raw: reason }, usage };
};
const call = (toolCallId: string, toolName: string, input = '{"word":"hi"}'): Part => {
  return { type: 'tool-call', toolCallId, toolName, input, providerMetadata: { maker: { of: toolCallId } } };
};

const askingStep: Part[] = [
  { type: 'stream-start', warnings: [] },
  { type: 'reasoning-start', id: '0' },
  { type: 'reasoning-delta', id: '0', delta: 'Let me ' },
  { type: 'reasoning-delta', id: '0', delta: 'think.' },
  { type: 'reasoning-end', id: '0', providerMetadata: { maker: { signature: 'signed' } } },
  { type: 'text-start', id: '1' },
  { type: 'text-delta', id: '1', delta: 'I ask ' },
  { type: 'text-delta', id: '1', delta: 'two tools.' },
  { type: 'text-end', id: '1', providerMetadata: { maker: { phase: 'commentary' } } },
  call('one', 'echo'),
  call('two', 'shout'),
  end('tool-calls'),
];
const lastStep: Part[] = [
  { type: 'stream-start', warnings: [] },
  { type: 'text-start', id: 'last' },
  { type: 'text-delta', id: 'last', delta: 'Done.' },
  { type: 'text-end', id: 'last' },
  end('stop'),
];

let started: string[] = [];
beforeEach(() => {
  started = [];
});

const inputSchema = z.object({ word: z.string() });
const tools: AgentTools = {
  echo: { idempotent: true, tool: tool({ inputSchema, execute: ({ word }) => (started.push('echo'), { word }) }) },
  shout: { idempotent: false, tool: tool({ inputSchema, execute: ({ word }) => (started.push('shout'), `${word}!`) }) },
};

function speaking(...steps: Part[][]): MockLanguageModelV4 {
  return new MockLanguageModelV4({ doStream: steps.map((parts) => ({ stream: convertArrayToReadableStream(parts) })) });
}

function stream(model: MockLanguageModelV4, more: Partial<AgentInput> = {}): ReadableStream<AgentEvent> {
  const agent = createAgent({ models: { resolve: () => model, secrets: [] }, tools, log: { warn: () => {} } });
  return agent.stream(agentInput('Please ask your tools.', { model: 'mock:model', ...more }));
}

const collect = (model: MockLanguageModelV4, more?: Partial<AgentInput>) => collectStream(stream(model, more));

const outline = (events: AgentEvent[]) => events.map((event) => ('chunk' in event ? event.chunk.type : event.kind));
const stepsOf = (events: AgentEvent[]): CompletedStep[] =>
  events.flatMap((event) => (event.kind === 'step' ? [event.step] : []));
const promptsOf = (model: MockLanguageModelV4): LanguageModelV4Prompt[] =>
  model.doStreamCalls.map(({ prompt }) => prompt);

/** As a database gives it back. */
function recordOf(events: AgentEvent[]): { openCall: ModelCall; rest: AgentEvent[] } {
  const at = events.findIndex(({ kind }) => kind === 'call');
  const event = events[at];
  if (event?.kind !== 'call') throw new Error('no model call was said');
  return { openCall: JSON.parse(JSON.stringify(event.call)) as ModelCall, rest: events.slice(at + 1) };
}

describe('createAgent, using tools', () => {
  it('says the model call after all its chunks and before any result', async () => {
    expect(outline(await collect(speaking(askingStep, lastStep)))).toEqual([
      'start',
      'start-step',
      'reasoning-start',
      'reasoning-delta',
      'reasoning-delta',
      'reasoning-end',
      'text-start',
      'text-delta',
      'text-delta',
      'text-end',
      'tool-input-available',
      'tool-input-available',
      'call',
      'tool-output-available',
      'tool-output-available',
      'finish-step',
      'start-step',
      'text-start',
      'text-delta',
      'text-end',
      'finish-step',
      'finish',
    ]);
  });

  it('says the call while its tools wait for that', async () => {
    const said = Promise.withResolvers<void>();
    const runTool: AgentInput['runTool'] = async (start, execute) => {
      await said.promise;
      return runToolAtOnce(start, execute);
    };
    const types: string[] = [];
    for await (const event of stream(speaking(askingStep, lastStep), { runTool })) {
      if (event.kind === 'call') said.resolve();
      types.push('chunk' in event ? event.chunk.type : event.kind);
    }
    expect(types.at(-1)).toBe('finish');
  });

  it('tells model and page when the outcome of a tool is unknown', async () => {
    const model = speaking(askingStep, lastStep);
    const runTool: AgentInput['runTool'] = async (start, execute) =>
      start.idempotent ? runToolAtOnce(start, execute) : { kind: 'unknown' };
    const chunks = (await collect(model, { runTool })).flatMap((event) => ('chunk' in event ? [event.chunk] : []));
    const outputs = chunks.filter(({ type }) => type.startsWith('tool-output'));
    expect(started).toEqual(['echo']);
    expect(outputs).toMatchObject([
      { type: 'tool-output-error', toolCallId: 'two', errorText: unknownToolOutcome },
      { type: 'tool-output-available', toolCallId: 'one', output: { word: 'hi' } },
    ]);
    expect(promptsOf(model)[1]?.at(-1)).toMatchObject({
      role: 'tool',
      content: [{ toolCallId: 'one' }, { output: { type: 'error-text', value: unknownToolOutcome } }],
    });
  });

  it('ends without a word about the tools when runTool rejects, and says why', async () => {
    const model = speaking(askingStep, lastStep);
    const over = new Error('another worker has this run');
    const said: AgentEvent[] = [];
    const drain = async () => {
      for await (const event of stream(model, { runTool: () => Promise.reject(over) })) said.push(event);
    };
    await expect(drain()).rejects.toBe(over);
    expect(outline(said).slice(-2)).toEqual(['tool-input-available', 'call']);
    expect(model.doStreamCalls).toHaveLength(1);
  });

  it('starts nothing for a wrong input or a name that nobody knows', async () => {
    const wrong = [call('one', 'echo', '{"word":1}'), call('two', 'whisper'), call('three', 'echo', 'hi')];
    const model = speaking([...wrong, end('tool-calls')], lastStep);
    const events = await collect(model);
    expect(outline(events)).toEqual([
      'start',
      'start-step',
      ...Array<string>(3).fill('tool-input-error'),
      'call',
      'finish-step',
      'start-step',
      'text-start',
      'text-delta',
      'text-end',
      'finish-step',
      'finish',
    ]);
    expect(started).toEqual([]);
    const output = { type: 'error-text', value: expect.stringContaining('nvalid') };
    const unavailable = { type: 'error-text', value: expect.stringContaining('whisper') };
    expect(promptsOf(model)[1]?.at(-1)).toMatchObject({ content: [{ output }, { output: unavailable }, { output }] });
    const again = speaking(lastStep);
    const { openCall, rest } = recordOf(events);
    expect(await collect(again, { openCall })).toEqual(rest);
    expect(promptsOf(again)).toEqual(promptsOf(model).slice(1));
  });
});

describe('createAgent, given an open call', () => {
  it('goes on as if nothing had happened', async () => {
    const undisturbed = speaking(askingStep, lastStep);
    const { openCall, rest } = recordOf(await collect(undisturbed));
    const successor = speaking(lastStep);
    const events = await collect(successor, { openCall });
    expect(events).toEqual(rest);
    expect(stepsOf(events)).toHaveLength(2);
    expect(stepsOf(events)[0]).toMatchObject({ finishReason: 'tool-calls', usage: { inputTokens: 7 } });
    expect(promptsOf(successor)).toEqual(promptsOf(undisturbed).slice(1));
  });

  it('goes on so in a later step, too', async () => {
    const undisturbed = speaking(askingStep, askingStep, lastStep);
    const events = await collect(undisturbed);
    const secondStep = events.slice(events.findIndex(({ kind }) => kind === 'step') + 1);
    const { openCall, rest } = recordOf(secondStep);
    const successor = speaking(lastStep);
    expect(await collect(successor, { openCall, completedSteps: stepsOf(events).slice(0, 1) })).toEqual(rest);
    expect(promptsOf(successor)).toEqual(promptsOf(undisturbed).slice(2));
  });

  it('asks leave to begin for the next step only', async () => {
    const { openCall } = recordOf(await collect(speaking(askingStep, lastStep)));
    const successor = speaking(lastStep);
    const begun: number[] = [];
    await collect(successor, { openCall, beginStep: async () => void begun.push(promptsOf(successor).length) });
    expect(begun).toEqual([0]);
  });

  it('reuses what the tools have answered before', async () => {
    const { openCall } = recordOf(await collect(speaking(askingStep, lastStep)));
    started = [];
    const successor = speaking(lastStep);
    const events = await collect(successor, { openCall, runTool: async () => ({ kind: 'result', output: 'before' }) });
    expect(started).toEqual([]);
    expect(outline(events).slice(0, 3)).toEqual(['tool-output-available', 'tool-output-available', 'finish-step']);
    const output = { type: 'text', value: 'before' };
    expect(promptsOf(successor)[0]?.at(-1)).toMatchObject({ content: [{ output }, { output }] });
  });

  it('counts it among the steps that an answer may have', async () => {
    const { openCall, rest } = recordOf(await collect(speaking(askingStep, lastStep)));
    const step = stepsOf(rest)[0]!;
    const successor = speaking(askingStep, lastStep);
    const events = await collect(successor, { openCall, completedSteps: Array<CompletedStep>(19).fill(step) });
    expect(successor.doStreamCalls).toHaveLength(0);
    expect(outline(events).slice(-2)).toEqual(['finish-step', 'finish']);
  });
});
