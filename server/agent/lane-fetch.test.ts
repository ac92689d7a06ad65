/** Over real connections. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type EventProvider, eventStreamHeaders, startEventProvider } from '#server/testing/event-provider';
import { createDeltaLane, type DeltaLane } from './delta-lane.ts';
import { createLaneFetch } from './lane-fetch.ts';

const frame = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const text = (content: string) => frame({ content });

let provider: EventProvider;
beforeAll(async () => {
  provider = await startEventProvider();
});
afterAll(() => provider.close());

/** A lane whose SDK has a part of text open, and what was said ahead. */
function openLane() {
  const taken: string[] = [];
  const lane = createDeltaLane(({ delta }) => taken.push(delta) > 0);
  return { lane, taken };
}

/** Asks as a provider package does. */
async function ask(lane: DeltaLane, { status = 200, headers = eventStreamHeaders, signal }: Asked = {}) {
  const arrives = provider.nextRequest();
  const answer = createLaneFetch(lane)(provider.url, { method: 'POST', body: '{}', headers: { 'x-key': 'k' }, signal });
  const { request, response: said } = await arrives;
  said.writeHead(status, headers).flushHeaders();
  const response = await answer;
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  return { request, said, response, reader, next: async () => (await reader.read()).value };
}
type Asked = { status?: number; headers?: typeof eventStreamHeaders; signal?: AbortSignal };

/** The provider has said a first word, and the SDK that it is of the part that it has open. */
async function askAtText() {
  const { lane, taken } = openLane();
  const asked = await ask(lane);
  asked.said.write(text('One '));
  expect(await asked.next()).toBe(text('One '));
  lane.open('text', 't1');
  lane.said('t1', lane.receive('One '));
  return { lane, taken, ...asked };
}

describe('createLaneFetch', () => {
  it('lets text go ahead, and hands it on in company before anything else', async () => {
    const { said, taken, next } = await askAtText();
    for (const word of ['two ', 'three ', 'four']) said.write(text(word));
    said.write(frame({}, 'stop'));
    expect(await next()).toBe(text('two three four') + frame({}, 'stop'));
    expect(taken).toEqual(['two ', 'three ', 'four']);
  });

  it('hands on what is in company when the stream ends without a word', async () => {
    const { said, reader, next } = await askAtText();
    said.end(text('two'));
    expect(await next()).toBe(text('two'));
    expect((await reader.read()).done).toBe(true);
  });

  it('asks as it was told, and for words that are not compressed', async () => {
    const { request, said } = await ask(openLane().lane);
    expect(request.method).toBe('POST');
    expect(request.headers).toMatchObject({ 'x-key': 'k', 'accept-encoding': 'identity' });
    said.end();
  });

  it('leaves refusals, answers that are no streams, and compressed ones as they are', async () => {
    const plain = { 'content-type': 'application/json' };
    const compressed = { ...eventStreamHeaders, 'content-encoding': 'gzip' };
    for (const asked of [{ status: 429 }, { headers: plain }, { headers: compressed }]) {
      const { said, next, response } = await ask(openLane().lane, asked);
      expect(response.status).toBe(asked.status ?? 200);
      said.end(asked.headers === compressed ? gzipSync('as it is') : 'as it is');
      expect(await next()).toBe('as it is');
    }
  });

  it('breaks when the provider breaks', async () => {
    const { said, reader } = await askAtText();
    said.destroy();
    await expect(reader.read()).rejects.toThrow('terminated');
  });

  it('ends the request when nobody reads any more, and when it is aborted', async () => {
    const left = await askAtText();
    const closed = once(left.said, 'close');
    await left.reader.cancel('enough');
    await closed;
    const stopping = new AbortController();
    const stopped = await ask(openLane().lane, { signal: stopping.signal });
    const gone = once(stopped.said, 'close');
    stopping.abort(new Error('stop'));
    await gone;
    await expect(stopped.reader.read()).rejects.toThrow('stop');
  });

  it('says that the provider is not there as the fetch of Node does, so that the SDK tries again', async () => {
    const away = await startEventProvider();
    await away.close();
    await expect(createLaneFetch(openLane().lane)(away.url)).rejects.toThrow(new TypeError('fetch failed'));
  });

  it.each([{ NODE_USE_ENV_PROXY: '1' }, { NODE_OPTIONS: '--use-env-proxy' }])('goes through a proxy where Node is told to: %o', async (env) => {
    const proxy = createServer();
    const tunnels: string[] = [];
    proxy.on('connect', ({ url }, socket) => {
      tunnels.push(url!);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    onTestFinished(() => void proxy.close());
    await once(proxy, 'listening');
    const ask = `
      import { createDeltaLane } from './server/agent/delta-lane.ts';
      import { createLaneFetch } from './server/agent/lane-fetch.ts';
      await createLaneFetch(createDeltaLane(() => true))('http://provider.example/v1').catch(() => process.exit());`;
    const { port } = proxy.address() as AddressInfo;
    const child = spawn(process.execPath, ['--input-type=module', '-e', ask], {
      env: { ...process.env, ...env, HTTP_PROXY: `http://127.0.0.1:${port}` },
    });
    await once(child, 'exit');
    expect(tunnels).toEqual(['provider.example:80']);
  });

  it('refuses a call while the SDK has not said all of the one before', async () => {
    const { lane, said, taken } = await askAtText();
    said.write(text('two '));
    await expect.poll(() => taken).toEqual(['two ']);
    await expect(createLaneFetch(lane)(provider.url)).rejects.toThrow('leaves out 4 characters');
    said.end();
  });
});
