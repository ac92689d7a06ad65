import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart as Part } from '@ai-sdk/provider';
import { convertArrayToReadableStream, MockLanguageModelV4 } from 'ai/test';
import { describe, expect, it } from 'vitest';
import type { ModelCall } from '#server/runs/agent';
import { collectStream } from '#server/testing/collect-stream';
import { endedCallOf, withRecordedCalls } from './recorded-model.ts';

const usage = {
  inputTokens: { total: 7, noCache: 7, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 5, text: 5, reasoning: undefined },
};
const finish: Part = { type: 'finish', finishReason: { unified: 'tool-calls', raw: 'tool_use' }, usage };
const toolCall: Part = { type: 'tool-call', toolCallId: 'one', toolName: 'calculate', input: '{"expression":"1"}' };
const offered: LanguageModelV4CallOptions = {
  prompt: [],
  tools: [{ type: 'function', name: 'calculate', inputSchema: { type: 'object' } }],
};

function speaking(parts: Part[]): MockLanguageModelV4 {
  return new MockLanguageModelV4({ doStream: async () => ({ stream: convertArrayToReadableStream(parts) }) });
}

async function listen(model: MockLanguageModelV4, options = offered): Promise<Part[]> {
  const { stream } = await withRecordedCalls(model, null).doStream(options);
  return collectStream(stream);
}

const typesOf = (parts: Part[]) => parts.map(({ type }) => type);

async function callOf(...said: Part[]): Promise<ModelCall | undefined> {
  const parts = await listen(speaking([...said, finish]));
  return parts.map((part) => endedCallOf(part)).find((call) => call !== undefined);
}

describe('withRecordedCalls', () => {
  it('passes every part on and says the call right before its end', async () => {
    const said: Part[] = [{ type: 'stream-start', warnings: [] }, { type: 'text-start', id: '0' }, toolCall];
    const parts = await listen(speaking([...said, finish]));
    expect(parts.filter((part) => endedCallOf(part) === undefined)).toEqual([...said, finish]);
    expect(typesOf(parts)).toEqual(['stream-start', 'text-start', 'tool-call', 'raw', 'finish']);
  });

  it('puts blocks together, in the order of their beginnings, each with its last metadata', async () => {
    const call = await callOf(
      { type: 'reasoning-start', id: '0', providerMetadata: { maker: { kind: 'early' } } },
      { type: 'reasoning-delta', id: '0', delta: 'so ' },
      { type: 'text-start', id: '0' },
      { type: 'reasoning-delta', id: '0', delta: 'be it' },
      { type: 'text-delta', id: '0', delta: 'One' },
      { type: 'reasoning-end', id: '0', providerMetadata: { maker: { signature: 'late' } } },
      { type: 'text-end', id: '0' },
      toolCall,
      { type: 'text-start', id: '0' },
      { type: 'text-delta', id: '0', delta: 'Two' },
      { type: 'text-end', id: '0', citations: [] },
    );
    expect(call?.content).toEqual([
      { type: 'reasoning', text: 'so be it', providerMetadata: { maker: { signature: 'late' } } },
      { type: 'text', text: 'One' },
      toolCall,
      { type: 'text', text: 'Two', citations: [] },
    ]);
  });

  it('records JSON throughout', async () => {
    const call = await callOf(
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: Uint8Array.of(1, 2, 255) } },
      { type: 'reasoning-file', mediaType: 'image/png', data: { type: 'url', url: new URL('https://files.test/a') } },
      { type: 'source', sourceType: 'url', id: 's', url: 'https://pages.test' },
      { type: 'custom', kind: 'maker.block' },
      { type: 'tool-call', toolCallId: 'theirs', toolName: 'search', input: '{}', providerExecuted: true },
      { type: 'tool-result', toolCallId: 'theirs', toolName: 'search', result: ['found'] },
      toolCall,
    );
    expect(call?.content.map(({ type }) => type)).toEqual([
      'file',
      'reasoning-file',
      'source',
      'custom',
      'tool-call',
      'tool-result',
      'tool-call',
    ]);
    expect(call?.content[0]).toMatchObject({ data: { type: 'data', data: 'AQL/' } });
    expect(call?.finishReason).toEqual({ unified: 'tool-calls', raw: 'tool_use' });
    expect(JSON.parse(JSON.stringify(call))).toStrictEqual(call);
  });

  const withoutTools: [string, Part[]][] = [
    ['asks for no tool', [{ type: 'text-start', id: '0' }, finish]],
    ['asks the provider’s own tools only', [{ ...toolCall, providerExecuted: true }, finish]],
    ['was cut before its end', [toolCall, { ...finish, finishReason: { unified: 'length', raw: 'max' } }]],
    ['has no end', [toolCall]],
  ];
  it.each(withoutTools)('says nothing about a call that %s', async (_, said) => {
    expect(await listen(speaking(said))).toEqual(said);
  });

  it('leaves a call alone that was offered no tools', async () => {
    const model = speaking([finish]);
    const { stream } = await model.doStream(offered);
    model.doStream = async () => ({ stream });
    expect((await withRecordedCalls(model, null).doStream({ prompt: [] })).stream).toBe(stream);
  });

  it('asks the provider for no raw parts of its own', async () => {
    const model = speaking([finish]);
    await listen(model, { ...offered, includeRawChunks: true });
    expect(model.doStreamCalls).toMatchObject([{ includeRawChunks: false }]);
  });

  it('passes on what breaks the provider’s stream, and the wish to end it', async () => {
    const broken = new Error('torn');
    const torn = speaking([]);
    torn.doStream = async () => ({ stream: new ReadableStream({ start: (controller) => controller.error(broken) }) });
    await expect(listen(torn)).rejects.toBe(broken);

    const left: unknown[] = [];
    const patient = speaking([]);
    patient.doStream = async () => ({ stream: new ReadableStream({ cancel: (reason) => void left.push(reason) }) });
    const { stream } = await withRecordedCalls(patient, null).doStream(offered);
    await stream.cancel('enough');
    expect(left).toEqual(['enough']);
  });
});

describe('withRecordedCalls, given an open call', () => {
  it('says it again without asking the provider, once', async () => {
    const openCall = await callOf(
      { type: 'reasoning-start', id: '0' },
      { type: 'reasoning-delta', id: '0', delta: 'hm' },
      { type: 'reasoning-end', id: '0', providerMetadata: { maker: { signature: 's' } } },
      { type: 'file', mediaType: 'image/png', data: { type: 'url', url: new URL('https://files.test/a') } },
      toolCall,
    );
    const model = speaking([finish]);
    const recorded = withRecordedCalls(model, JSON.parse(JSON.stringify(openCall)) as ModelCall);
    const first = await collectStream((await recorded.doStream(offered)).stream);
    expect(model.doStreamCalls).toHaveLength(0);
    expect(first.map((part) => endedCallOf(part)).filter((call) => call !== undefined)).toEqual([openCall]);
    expect(first).toMatchObject([
      { type: 'stream-start' },
      { type: 'reasoning-start' },
      { type: 'reasoning-delta', delta: 'hm' },
      { type: 'reasoning-end', providerMetadata: { maker: { signature: 's' } } },
      { type: 'file', data: { type: 'url', url: expect.any(URL) } },
      toolCall,
      { type: 'raw' },
      { type: 'finish', usage: { inputTokens: { total: 7 } } },
    ]);
    expect(await collectStream((await recorded.doStream(offered)).stream)).toEqual([finish]);
    expect(model.doStreamCalls).toHaveLength(1);
  });
});
