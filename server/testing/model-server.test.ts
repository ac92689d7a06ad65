import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from './model-server.ts';
import { markdownTokens, scriptedMarkdown } from './scripted-markdown.ts';
import { scriptedText, scriptedWords } from './scripted-text.ts';

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

function ask(question: string, { signal, model = 'scripted' }: { signal?: AbortSignal; model?: string } = {}) {
  const messages = [{ role: 'user', content: question }];
  return fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model, stream: true, stream_options: { include_usage: true }, messages }),
    signal: signal ?? null,
  });
}

function contentOf(events: string): string {
  return events
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice(6)) as { choices: { delta: { content?: string } }[] })
    .map(({ choices }) => choices[0]?.delta.content ?? '')
    .join('');
}

describe('startModelServer', () => {
  it('streams the scripted words and records what it sent', async () => {
    const body = await (await ask('plain [[words=40]]')).text();
    const request = server.requests.at(-1)!;
    expect(contentOf(body)).toBe(scriptedText(40));
    expect(request).toMatchObject({ sent: scriptedText(40), status: 200, abortedAt: null, step: 1 });
    expect(body).toContain('"finish_reason":"stop"');
    expect(body).toContain('"total_tokens"');
    expect(body).toMatch(/data: \[DONE\]\n\n$/);
  });

  it('writes markdown, at a given rate', async () => {
    const body = await (await ask('document [[words=300 markdown rate=100000]]')).text();
    expect(contentOf(body)).toBe(scriptedMarkdown(300));
  });

  it('keeps every character when each byte travels alone', async () => {
    const body = await (await ask('bytes [[words=30 bytes]]')).text();
    expect(contentOf(body)).toBe(scriptedText(30));
  });

  it('sends the pieces that a gate lets through, and no more', async () => {
    server.release('turnstile', 2);
    const response = await ask('gated [[words=5 gate=turnstile]]');
    const request = await server.until(({ question, sent }) => question.startsWith('gated') && sent !== '');
    await server.until((candidate) => candidate === request && candidate.sent === scriptedText(2));
    server.release('turnstile', 3);
    expect(contentOf(await response.text())).toBe(scriptedText(5));
  });

  it('notices that the client went away', async () => {
    const controller = new AbortController();
    const response = await ask('leaving [[hang-after=3]]', { signal: controller.signal });
    await server.until(({ question, sent }) => question.startsWith('leaving') && sent === scriptedText(3));
    controller.abort();
    await expect(response.text()).rejects.toThrow('aborted');
    const request = await server.until((each) => each.question.startsWith('leaving') && each.abortedAt !== null);
    expect(request.abortedAt).toBeGreaterThanOrEqual(request.firstPieceAt!);
  });

  it('tears the connection without calling it the client', async () => {
    const response = await ask('torn [[cut-after=3]]');
    await expect(response.text()).rejects.toThrow('terminated');
    const request = await server.until(({ question, endedAt }) => question.startsWith('torn') && endedAt !== null);
    expect(request).toMatchObject({ abortedAt: null, sent: scriptedText(3) });
  });

  it('lets a fault strike the first requests only', async () => {
    const question = 'twice [[status=429 retry-after=7 times=1]]';
    const first = await ask(question);
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    await first.body?.cancel();
    const second = await ask(question);
    expect(contentOf(await second.text())).toBe(scriptedText(20));
  });

  it('is steered over HTTP', async () => {
    const control = server.url.replace('/v1', '');
    const post = (path: string, body: object) =>
      fetch(`${control}${path}`, { method: 'POST', body: JSON.stringify(body) });
    await post('/__script', { model: 'remote', script: { text: 'far away', gate: 'remote' } });
    await post('/__release', { gate: 'remote', pieces: 1 });
    const answer = await (await ask('over http', { model: 'remote' })).text();
    const requests = await (await fetch(`${control}/__requests?question=over%20http`)).json();
    const models = await (await fetch(`${server.url}/models`)).json();
    expect(contentOf(answer)).toBe('far away');
    expect(requests).toMatchObject([{ question: 'over http', sent: 'far away' }]);
    expect(models).toMatchObject({ data: [{ id: 'scripted' }, { id: 'remote' }] });
  });
});

describe('scriptedWords', () => {
  it('numbers its words so that none can be lost or doubled unseen', () => {
    expect(scriptedWords(10, 3).filter((word) => word.startsWith('3.'))).toEqual(['3.5 ', '3.10 ']);
  });
});

describe('markdownTokens', () => {
  it('makes a document with a list, a table and code', () => {
    const text = markdownTokens(400).join('');
    for (const part of ['\n- ', '\n|---|', '\n```ts\n']) expect(text).toContain(part);
  });

  it('begins a longer document as a shorter one', () => {
    expect(markdownTokens(500).slice(0, 100)).toEqual(markdownTokens(100));
  });
});
