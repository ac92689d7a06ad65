import { describe, expect, it } from 'vitest';
import { createDeltaLane, type DeltaLane } from './delta-lane.ts';
import { createLaneFetch } from './lane-fetch.ts';

const frame = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const text = (content: string) => frame({ content });

/** A provider that says what it is told to. */
function createProvider(init: ResponseInit = { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }) {
  const encoder = new TextEncoder();
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let cancelled: unknown;
  const body = new ReadableStream<Uint8Array>({
    start: (given) => void (controller = given),
    cancel: (reason) => void (cancelled = reason),
  });
  return {
    fetch: async () => new Response(body, init),
    say: (piece: string) => controller.enqueue(encoder.encode(piece)),
    sayBytes: (bytes: Uint8Array) => controller.enqueue(bytes),
    end: () => controller.close(),
    fail: (error: Error) => controller.error(error),
    get cancelled() {
      return cancelled;
    },
  };
}

/** Reads as a provider package does, and plays the SDK that says all text at once. */
async function open(lane: DeltaLane, provider: ReturnType<typeof createProvider>) {
  const response = await createLaneFetch(lane, provider.fetch)('http://provider');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  return { response, reader, next: async () => (await reader.read()).value };
}

function openLane() {
  const taken: string[] = [];
  const lane = createDeltaLane(({ delta }) => taken.push(delta) > 0);
  return { lane, taken };
}

async function openAtText() {
  const { lane, taken } = openLane();
  const provider = createProvider();
  const stream = await open(lane, provider);
  provider.say(text('One '));
  expect(await stream.next()).toBe(text('One '));
  lane.open('text', 't1');
  lane.said('t1', lane.receive('One '));
  return { lane, taken, provider, ...stream };
}

describe('createLaneFetch', () => {
  it('lets text go ahead, and hands it on in company before anything else', async () => {
    const { provider, taken, next } = await openAtText();
    for (const word of ['two ', 'three ', 'four']) provider.say(text(word));
    provider.say(frame({}, 'stop'));
    expect(await next()).toBe(text('two three four') + frame({}, 'stop'));
    expect(taken).toEqual(['two ', 'three ', 'four']);
  });

  it('hands on what is in company when the stream ends without a word', async () => {
    const { provider, reader, next } = await openAtText();
    provider.say(text('two'));
    provider.end();
    expect(await next()).toBe(text('two'));
    expect((await reader.read()).done).toBe(true);
  });

  it('lets no more than so much text wait for company', async () => {
    const { provider, next } = await openAtText();
    const long = 'x'.repeat(5_000);
    provider.say(text(long) + text(long));
    expect(await next()).toBe(text(long + long));
  });

  it('puts together what was cut into pieces anywhere, characters included', async () => {
    const { provider, taken, next } = await openAtText();
    const bytes = new TextEncoder().encode(text('two 🚀 '));
    for (const byte of bytes) provider.sayBytes(Uint8Array.of(byte));
    provider.say(frame({}, 'stop'));
    expect(await next()).toBe(text('two 🚀 ') + frame({}, 'stop'));
    expect(taken).toEqual(['two 🚀 ']);
  });

  it('keeps the names of events, their ids, and data of several lines', async () => {
    const { lane } = openLane();
    const provider = createProvider();
    const { next } = await open(lane, provider);
    provider.say('id: 7\nevent: ping\ndata: {"type":\ndata: "ping"}\n\n');
    expect(await next()).toBe('id: 7\nevent: ping\ndata: {"type":\ndata: "ping"}\n\n');
  });

  it('leaves refusals and answers that are no streams as they are', async () => {
    const { lane } = openLane();
    for (const init of [{ status: 429 }, { headers: { 'content-type': 'application/json' } }]) {
      const provider = createProvider(init);
      const { next, response } = await open(lane, provider);
      expect(response.status).toBe(init.status ?? 200);
      provider.say('as it is');
      expect(await next()).toBe('as it is');
    }
  });

  it('breaks when the provider breaks, and ends the request when nobody reads', async () => {
    const broken = await openAtText();
    broken.provider.fail(new Error('reset'));
    await expect(broken.next()).rejects.toThrow('reset');
    const left = await openAtText();
    await left.reader.cancel('enough');
    expect(left.provider.cancelled).toBe('enough');
  });
});
