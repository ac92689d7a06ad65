import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { afterEach, describe, expect, it } from 'vitest';
import type { AgentEvent } from '#server/runs/agent';
import { agentInput } from '#server/testing/agent-input';
import { createAgent } from './agent.ts';
import { createDemoModel, type Pause } from './demo-model.ts';
import { harmlessTools } from './tools.ts';

let pauses: number[] = [];
const noPause: Pause = async (milliseconds) => void pauses.push(milliseconds);

afterEach(() => {
  pauses = [];
});

async function ask(message: string, more: Partial<LanguageModelV4CallOptions> = {}, pause = noPause) {
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: message }] }];
  const { stream } = await createDemoModel(pause).doStream({ prompt, ...more });
  const parts: LanguageModelV4StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

function textOf(parts: LanguageModelV4StreamPart[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
}

async function answer(text: string, model: LanguageModelV4 = createDemoModel(noPause)): Promise<AgentEvent[]> {
  const models = { resolve: () => model, secrets: [] };
  const stream = createAgent({ models, tools: harmlessTools, log: { warn: () => {} } }).stream(
    agentInput(text, { model: 'demo:demo' }),
  );
  const events: AgentEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

describe('createDemoModel', () => {
  it('says the same to the same question, with markdown and usage', async () => {
    const parts = await ask('Hello');
    expect(await ask('Hello')).toEqual(parts);
    expect(textOf(parts)).toMatch(/^## Hello, I am the demo model\n/);
    expect(textOf(parts)).toContain('```ts\n');
    expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: { unified: 'stop' } });
    expect(parts.at(-1)).toMatchObject({ usage: { outputTokens: { total: pauses.length / 2 } } });
  });

  it('speaks at 40 words a second, slowly at 10', async () => {
    await ask('Hello');
    expect(new Set(pauses)).toEqual(new Set([25]));
    pauses = [];
    await ask('Hello, slowly please');
    expect(new Set(pauses)).toEqual(new Set([100]));
  });

  it('speaks about 1,500 words when it shall be long', async () => {
    const words = textOf(await ask('A long one')).split(/\s+/).length;
    expect(words).toBeGreaterThan(1_450);
    expect(words).toBeLessThan(1_800);
  });

  it('reasons first when it shall think', async () => {
    const types = (await ask('think')).map(({ type }) => type);
    expect(types.indexOf('reasoning-end')).toBeLessThan(types.indexOf('text-start'));
    expect(types).toContain('reasoning-delta');
  });

  it('calls no tool that it was not offered', async () => {
    const parts = await ask('use tools');
    expect(parts.some(({ type }) => type === 'tool-call')).toBe(false);
    expect(parts.at(-1)).toMatchObject({ finishReason: { unified: 'stop' } });
  });

  it('stops in the middle of a pause', async () => {
    const controller = new AbortController();
    const pause: Pause = async (_, signal) => {
      controller.abort(new Error('stopped'));
      signal?.throwIfAborted();
    };
    await expect(ask('Hello', { abortSignal: controller.signal }, pause)).rejects.toThrow('stopped');
  });

  it('ends a real pause at once', async () => {
    const controller = new AbortController();
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'slowly' }] }];
    const { stream } = await createDemoModel().doStream({ prompt, abortSignal: controller.signal });
    const reader = stream.getReader();
    for (let next = await reader.read(); next.value?.type !== 'text-delta'; ) next = await reader.read();
    const pending = reader.read();
    controller.abort();
    await expect(pending).rejects.toThrow('aborted');
  });
});

describe('createDemoModel, through the agent', () => {
  it('uses its tools in three steps and repeats what they said', async () => {
    const events = await answer('Please use tools');
    const steps = events.filter(({ kind }) => kind === 'step');
    expect(steps).toHaveLength(3);
    const chunks = events.map((event) => ('chunk' in event ? event.chunk : undefined));
    const text = chunks.map((chunk) => (chunk?.type === 'text-delta' ? chunk.delta : ''));
    expect(text.join('')).toMatch(/- `currentTime` answered `\w+.*UTC`\n- `calculate` answered `42`\n$/);
  });

  it('fails after some words', async () => {
    const events = await answer('fail');
    expect(events.filter(({ kind }) => kind === 'chunk').length).toBeGreaterThan(10);
    expect(events.at(-1)).toMatchObject({ kind: 'failure', code: 'PROVIDER_UNAVAILABLE' });
  });
});
