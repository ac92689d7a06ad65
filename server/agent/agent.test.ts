import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent, AgentEvent, AgentInput, CompletedStep } from '#server/runs/agent';
import { collectStream } from '#server/testing/collect-stream';
import { type ModelServer, startModelServer } from '#server/testing/model-server';
import { agentInput } from '#server/testing/agent-input';
import { scriptedText } from '#server/testing/scripted-text';
import { createAgent } from './agent.ts';
import { createModels } from './models.ts';
import { harmlessTools } from './tools.ts';

let server: ModelServer;
let agent: Agent;

beforeAll(async () => {
  server = await startModelServer();
  agent = agentFor(server.url);
});
afterAll(() => server.close());

function agentFor(baseUrl: string): Agent {
  const env = { OPENAI_COMPATIBLE_BASE_URL: baseUrl, OPENAI_COMPATIBLE_API_KEY: 'a-secret' };
  return createAgent({ models: createModels(env), tools: harmlessTools, log: { warn: () => {} } });
}

/** The whole answer to a question. */
function answerTo(text: string, more: Partial<AgentInput> = {}): Promise<AgentEvent[]> {
  return collectStream(agent.stream(agentInput(text, more)));
}

function textOf(events: AgentEvent[]): string {
  return events
    .map((event) => (event.kind === 'chunk' && event.chunk.type === 'text-delta' ? event.chunk.delta : ''))
    .join('');
}

function outline(events: AgentEvent[]): string[] {
  const types = events.map((event) => {
    if ('chunk' in event) return event.chunk.type;
    return event.kind === 'failure' ? event.code : event.kind;
  });
  return types.filter((type, index) => type !== types[index - 1]);
}

const stepsOf = (events: AgentEvent[]): CompletedStep[] =>
  events.filter((event) => event.kind === 'step').map(({ step }) => step);

const requestsFor = (text: string) => server.requests.filter((request) => request.question === text);

describe('createAgent', () => {
  it('streams an answer, byte for byte, with its step and usage', async () => {
    const events = await answerTo('plain [[words=60]]');
    expect(textOf(events)).toBe(scriptedText(60));
    expect(outline(events)).toEqual([
      'start',
      'start-step',
      'text-start',
      'text-delta',
      'text-end',
      'finish-step',
      'finish',
    ]);
    expect(events[0]).toEqual({ kind: 'chunk', chunk: { type: 'start' } });
    expect(stepsOf(events)).toMatchObject([
      { finishReason: 'stop', usage: { inputTokens: 10 }, responseMessages: [{ role: 'assistant' }] },
    ]);
  });

  it('keeps every character when bytes travel alone, and one huge delta', async () => {
    const bytes = await answerTo('bytes [[words=30 bytes]]');
    const huge = await answerTo('huge [[words=1 huge=5000000]]');
    expect(textOf(bytes)).toBe(scriptedText(30));
    expect(textOf(huge)).toHaveLength(scriptedText(1).length + 5_000_000);
  });

  it('sends reasoning', async () => {
    const events = await answerTo('hm [[think=3 words=2]]');
    expect(outline(events)).toContain('reasoning-delta');
  });

  it('lets the model use tools, step by step', async () => {
    const text = 'tools [[tool=calculate steps=3 words=6]]';
    const begun: number[] = [];
    const beginStep = async () => void begun.push(requestsFor(text).length);
    const events = await answerTo(text, { beginStep });
    expect(begun).toEqual([0, 1, 2]);
    expect(stepsOf(events).map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'tool-calls', 'stop']);
    expect(stepsOf(events)[0]?.responseMessages.map(({ role }) => role)).toEqual(['assistant', 'tool']);
    const outputs = events.filter((event) => event.kind === 'chunk' && event.chunk.type === 'tool-output-available');
    expect(outputs).toMatchObject([{ chunk: { output: { result: '42' } } }, { chunk: { output: { result: '42' } } }]);
    expect(textOf(events)).toBe(scriptedText(6, 1) + scriptedText(6, 2) + scriptedText(6, 3));
  });

  it('shows the failure of a tool to the model and goes on', async () => {
    const events = await answerTo('oops [[tool=calculate input={"expression":"1/0"}]]');
    const output = events.find((event) => event.kind === 'chunk' && event.chunk.type === 'tool-output-error');
    expect(output).toMatchObject({ chunk: { errorText: expect.stringContaining('Cannot divide by zero.') } });
    expect(outline(events).at(-1)).toBe('finish');
  });

  it('gives up tools where the model cannot use them', async () => {
    const text = 'plain [[status=400 message=does_not_support_tools times=1]]';
    const model = 'openai-compatible:plain';
    const first = await answerTo(text, { model });
    const second = await answerTo('plain again', { model });
    expect([textOf(first), textOf(second)]).toEqual([scriptedText(20), scriptedText(20)]);
    const offers = server.requests.filter(({ body }) => body.model === 'plain').map(({ body }) => body.tools?.length);
    expect(offers).toEqual([2, undefined, undefined]);
  });
});

describe('createAgent, continuing', () => {
  it('does not repeat the calls of completed steps', async () => {
    const text = 'continue [[tool=calculate steps=3 words=6]]';
    const before = await answerTo(text);
    const completedSteps = stepsOf(before).slice(0, 2);
    const asked = requestsFor(text).length;
    const events = await answerTo(text, { completedSteps });
    expect(requestsFor(text).slice(asked).map(({ step }) => step)).toEqual([3]);
    expect(textOf(events)).toBe(scriptedText(6, 3));
    expect(outline(events)[0]).toBe('start-step');
  });

  it('asks nothing when the last completed step was the last one', async () => {
    const text = 'whole [[words=4]]';
    const completedSteps = stepsOf(await answerTo(text));
    const events = await answerTo(text, { completedSteps });
    expect(events).toEqual([{ kind: 'chunk', chunk: { type: 'finish', finishReason: 'stop' } }]);
    expect(requestsFor(text)).toHaveLength(1);
  });

  it('begins no step that is refused, and says who refused', async () => {
    const text = 'refused [[tool=calculate steps=3]]';
    const refusal = new Error('stop was requested');
    let calls = 0;
    const beginStep = async () => {
      calls += 1;
      if (calls === 2) throw refusal;
    };
    const reader = agent.stream(agentInput(text, { beginStep })).getReader();
    const types: string[] = [];
    const drain = async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        types.push('chunk' in next.value ? next.value.chunk.type : next.value.kind);
      }
    };
    await expect(drain()).rejects.toBe(refusal);
    expect(types).not.toContain('failure');
    expect(types.filter((type) => type === 'finish-step')).toHaveLength(1);
    expect(requestsFor(text)).toHaveLength(1);
  });
});

describe('createAgent, stopped', () => {
  const stops = [
    ['before the first byte', 'early [[hang]]', () => true],
    ['in mid-stream', 'middle [[hang-after=5]]', (sent: string) => sent === scriptedText(5)],
  ] as const;
  it.each(stops)('aborts the request %s and ends silently', async (_, text, isReached) => {
    const controller = new AbortController();
    const reading = answerTo(text, { abortSignal: controller.signal });
    await server.until((request) => request.question === text && isReached(request.sent));
    controller.abort();
    const events = await reading;
    await server.until((request) => request.question === text && request.abortedAt !== null);
    expect(events.every(({ kind }) => kind === 'chunk')).toBe(true);
    expect(outline(events)).not.toContain('finish');
  });

  it('ends at once while it waits to ask a second time', async () => {
    const text = 'backoff [[status=503]]';
    const controller = new AbortController();
    const reading = answerTo(text, { abortSignal: controller.signal });
    await server.until((request) => request.question === text && request.endedAt !== null);
    controller.abort();
    expect(outline(await reading)).toEqual(['start']);
  });

  it('aborts the request when nobody reads any more', async () => {
    const text = 'left alone [[hang]]';
    const reader = agent.stream(agentInput(text)).getReader();
    await reader.read();
    const pending = reader.read();
    await server.until((request) => request.question === text);
    await reader.cancel();
    expect(await pending).toEqual({ done: true, value: undefined });
    await server.until((request) => request.question === text && request.abortedAt !== null);
  });
});

describe('createAgent, failing', () => {
  it.each([
    ['status=401', 'PROVIDER_UNAUTHORIZED', 1],
    ['status=403', 'PROVIDER_UNAUTHORIZED', 1],
    ['status=404', 'MODEL_NOT_FOUND', 1],
    ['status=400', 'PROVIDER_REJECTED', 1],
    ['status=429 retry-after-ms=1', 'PROVIDER_RATE_LIMITED', 3],
    ['status=500 retry-after-ms=1', 'PROVIDER_UNAVAILABLE', 3],
    ['status=503 retry-after-ms=1', 'PROVIDER_UNAVAILABLE', 3],
    ['cut-after=5', 'PROVIDER_CUT', 1],
    ['end-after=5', 'PROVIDER_CUT', 1],
    ['end-after=0', 'PROVIDER_CUT', 1],
    ['malformed-after=5', 'PROVIDER_CUT', 1],
    ['error-after=5', 'PROVIDER_UNAVAILABLE', 1],
    ['tool=calculate cut-after=5 step=2', 'PROVIDER_CUT', 2],
  ])('says %s as %s after %i requests', async (directives, code, requests) => {
    const text = `failing [[${directives}]]`;
    const events = await answerTo(text);
    const failures = events.filter(({ kind }) => kind === 'failure');
    expect(failures).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ kind: 'failure', code, detail: expect.stringMatching(/.{10}/) });
    expect(JSON.stringify(failures)).not.toContain('a-secret');
    expect(requestsFor(text)).toHaveLength(requests);
    expect(outline(events)).not.toContain('finish');
    // What a torn connection had still in flight may be lost, but nothing may be made up.
    expect(requestsFor(text).map(({ sent }) => sent).join('').startsWith(textOf(events))).toBe(true);
  });

  it('asks again before the first byte and then answers', async () => {
    const events = await answerTo('again [[status=503 retry-after-ms=1 times=2]]');
    expect(textOf(events)).toBe(scriptedText(20));
  });

  it('says that nobody answers at the address', async () => {
    const gone = await startModelServer();
    await gone.close();
    const events = await collectStream(agentFor(gone.url).stream(agentInput('anyone?', { config: { maxRetries: 0 } })));
    expect(events.at(-1)).toMatchObject({ kind: 'failure', code: 'PROVIDER_UNREACHABLE' });
  });

  it('says that the address has no such API', async () => {
    const events = await collectStream(agentFor(`${server.url}/elsewhere`).stream(agentInput('wrong path')));
    expect(events.at(-1)).toMatchObject({ kind: 'failure', code: 'PROVIDER_UNREACHABLE' });
  });

  it('says that a model’s provider is not configured', async () => {
    const events = await answerTo('who?', { model: 'openai:gpt' });
    expect(events).toMatchObject([{ kind: 'failure', code: 'MODEL_NOT_FOUND' }]);
  });
});
