import { describe, expect, it } from 'vitest';
import { EventStreamRefusal, readEventStream } from './event-stream.ts';

function cutUp(text: string): Response {
  const pieces = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of text.match(/[^]{1,7}/g)!) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  return new Response(pieces);
}

describe('readEventStream', () => {
  it('reads messages with their cursors, however the stream is cut', async () => {
    const text = 'event: connected\ndata: {}\n\n\ndata: {"n":1}\nid: a\n\n\nevent: ping\ndata: \n\n\ndata: {"n":2}\n\ndata: [DONE]\n\n';
    const events: unknown[] = [];
    for await (const event of readEventStream(cutUp(text))) events.push(event);
    expect(events).toEqual([
      { id: 'a', data: { n: 1 } },
      { id: null, data: { n: 2 } },
    ]);
  });

  it('rejects when the server refuses', async () => {
    const refused = readEventStream(new Response('no', { status: 403 }));
    await expect(refused.next()).rejects.toThrow(/403 no/);
  });

  it('rejects with what the server says when it breaks off', async () => {
    const broken = readEventStream(cutUp('event: serialized-error\ndata: {"message":"gone"}\n\n'));
    await expect(broken.next()).rejects.toEqual(new EventStreamRefusal(': {"message":"gone"}', { message: 'gone' }));
  });
});
