/** Real provider packages and the real SDK: what is said with the fast lane is what is said without it. */
import type { ServerResponse } from 'node:http';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { foldChunks } from '#domain/fold-chunks';
import type { ChatMessage, Chunk } from '#domain/message-view';
import type { AgentEvent } from '#server/runs/agent';
import { agentInput } from '#server/testing/agent-input';
import { eventStreamHeaders, startEventProvider } from '#server/testing/event-provider';
import { type ModelServer, startModelServer } from '#server/testing/model-server';
import { scriptedText } from '#server/testing/scripted-text';
import { createAgent } from './agent.ts';
import { createModels, type Models } from './models.ts';
import { harmlessTools } from './tools.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

type Answer = { parts: ChatMessage['parts']; ahead: number; last: AgentEvent | undefined };

/** @param takes whether the n-th delta that is offered is taken ahead */
async function answer(resolve: Models['resolve'], text: string, takes: (n: number) => boolean): Promise<Answer> {
  const chunks: Chunk[] = [];
  let [offered, ahead] = [0, 0];
  let last: AgentEvent | undefined;
  const input = agentInput(text, {
    takeDelta(chunk) {
      if (!takes(offered++)) return false;
      ahead += 1;
      chunks.push(chunk);
      return true;
    },
  });
  const agent = createAgent({ models: { resolve, secrets: [] }, tools: harmlessTools, log: { warn: () => {} } });
  for await (const event of agent.stream(input)) {
    if ('chunk' in event) chunks.push(event.chunk);
    last = event;
  }
  const parts = await foldChunks({ messageId: 'answer', baseParts: [] }, chunks);
  return { parts: withoutCallIds(parts), ahead, last };
}

/** The scripted server numbers its calls, the SDK names them at random. */
function withoutCallIds(parts: ChatMessage['parts']): ChatMessage['parts'] {
  return JSON.parse(JSON.stringify(parts).replaceAll(/call_\d+|aitxt-\w+/g, 'call')) as ChatMessage['parts'];
}

const never = () => false;
const always = () => true;
const everyThird = (n: number) => n % 3 === 0;

describe('words ahead of the SDK', () => {
  const compatible: Models['resolve'] = (id, fetch) =>
    createModels({ OPENAI_COMPATIBLE_BASE_URL: server.url }).resolve(id, fetch);

  it.each([
    'words=200 delay=1',
    'words=40 think=40 delay=1',
    'words=40 think=5 steps=3 tool=calculate delay=1',
    'words=5 dirty bytes',
    'words=3 huge=300000',
    'words=0',
  ])('%s', async (directives) => {
    const plain = await answer(compatible, `[[${directives}]]`, never);
    expect(plain.ahead).toBe(0);
    for (const takes of [always, everyThird]) {
      const { parts, last } = await answer(compatible, `[[${directives}]]`, takes);
      expect(parts).toEqual(plain.parts);
      expect(last).toEqual(plain.last);
    }
  });

  it('go ahead one by one', async () => {
    const { ahead } = await answer(compatible, '[[words=200 delay=1]]', always);
    expect(ahead).toBeGreaterThan(150);
  });

  it('stand when the provider breaks off', async () => {
    const { parts, last } = await answer(compatible, '[[words=50 delay=1 cut-after=30]]', always);
    expect(last).toMatchObject({ kind: 'failure' });
    expect(parts.at(-1)).toMatchObject({ type: 'text', text: scriptedText(30) });
  });
});

type Event = { type: string } & Record<string, unknown>;

/** To every question, these events one after the other, so that the SDK keeps up. Returns the address. */
async function startScript(events: readonly Event[]): Promise<string> {
  const provider = await startEventProvider((_request, response) => void sayAll(response, events));
  onTestFinished(() => provider.close());
  return provider.url;
}

async function sayAll(response: ServerResponse, events: readonly Event[]): Promise<void> {
  response.writeHead(200, eventStreamHeaders);
  for (const event of events) {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}

const words = Array.from({ length: 40 }, (_, i) => `word${i} `);

function anthropicEvents(): Event[] {
  const block = (index: number, content_block: object, deltas: object[]): Event[] => [
    { type: 'content_block_start', index, content_block },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
  const usage = { input_tokens: 3, output_tokens: 1 };
  return [
    { type: 'message_start', message: { id: 'm', type: 'message', role: 'assistant', model: 'x', content: [], usage } },
    { type: 'ping' },
    ...block(0, { type: 'thinking', thinking: '' }, [
      ...words.map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature: 'signed' },
    ]),
    ...block(1, { type: 'text', text: '' }, words.map((text) => ({ type: 'text_delta', text }))),
    ...block(2, { type: 'text', text: '' }, words.map((text) => ({ type: 'text_delta', text: text.toUpperCase() }))),
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 80 } },
    { type: 'message_stop' },
  ];
}

function responseEvents(): Event[] {
  const response = { id: 'r', created_at: 1, model: 'x', service_tier: null };
  const summary = (summary_index: number): Event[] => [
    { type: 'response.reasoning_summary_part.added', item_id: 'rs', summary_index },
    ...words.map((delta) => ({ type: 'response.reasoning_summary_text.delta', item_id: 'rs', summary_index, delta })),
    { type: 'response.reasoning_summary_part.done', item_id: 'rs', summary_index },
  ];
  const reasoning = { type: 'reasoning', id: 'rs', encrypted_content: null, summary: [] };
  const message = (id: string) => ({ type: 'message', id, role: 'assistant', content: [], status: 'completed' });
  const text = (id: string, output_index: number): Event[] => [
    { type: 'response.output_item.added', output_index, item: message(id) },
    ...words.map((delta) => ({ type: 'response.output_text.delta', item_id: id, output_index, content_index: 0, delta })),
    { type: 'response.output_item.done', output_index, item: message(id) },
  ];
  return [
    { type: 'response.created', response },
    { type: 'response.output_item.added', output_index: 0, item: reasoning },
    ...summary(0),
    ...summary(1),
    { type: 'response.output_item.done', output_index: 0, item: reasoning },
    ...text('m1', 1),
    ...text('m2', 2),
    { type: 'response.completed', response: { ...response, usage: { input_tokens: 3, output_tokens: 80 } } },
  ];
}

describe('words ahead of the SDK, in other protocols', () => {
  type Create = (settings: { apiKey: string; baseURL: string; fetch?: typeof globalThis.fetch }) => LanguageModelV4;
  const resolverOf = (create: Create, baseURL: string): Models['resolve'] => (_id, fetch) => create({ apiKey: 'none', baseURL, fetch });
  const cases: [string, () => Event[], Create][] = [
    ['Anthropic’s messages', anthropicEvents, (settings) => createAnthropic(settings)('claude')],
    ['OpenAI’s responses', responseEvents, (settings) => createOpenAI(settings)('gpt-5')],
  ];

  it.each(cases)('%s', async (_, events, create) => {
    const resolve = resolverOf(create, await startScript(events()));
    const plain = await answer(resolve, 'hello', never);
    expect(plain.last).toMatchObject({ kind: 'chunk', chunk: { type: 'finish' } });
    expect(JSON.stringify(plain.parts)).toContain('word39');
    // What is signed without a word must be there for the next question.
    if (JSON.stringify(events()).includes('signed')) expect(JSON.stringify(plain.parts)).toContain('signed');
    for (const takes of [always, everyThird]) {
      const { parts, ahead } = await answer(resolve, 'hello', takes);
      expect(parts).toEqual(plain.parts);
      expect(ahead).toBeGreaterThan(20);
    }
  });

  it('are no answer when an orderly end cuts them off', async () => {
    const url = await startScript(anthropicEvents().slice(0, 60));
    const { last } = await answer(resolverOf(cases[0]![2], url), 'hello', always);
    expect(last).toMatchObject({ kind: 'failure', code: 'PROVIDER_CUT' });
  });
});
