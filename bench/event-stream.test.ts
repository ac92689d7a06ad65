import { describe, expect, it } from 'vitest';
import { readEventStream } from './event-stream.ts';

describe('readEventStream', () => {
  it('reads the data of messages, however the stream is cut', async () => {
    const text = 'event: connected\ndata: {}\n\n\ndata: {"n":1}\nid: a\n\n\nevent: ping\ndata: \n\n\ndata: {"n":2}\n\ndata: [DONE]\n\n';
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of text.match(/[^]{1,7}/g)!) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    });
    const events: unknown[] = [];
    for await (const event of readEventStream(new Response(pieces))) events.push(event);
    expect(events).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('rejects when the server refuses', async () => {
    const refused = readEventStream(new Response('no', { status: 403 }));
    await expect(refused.next()).rejects.toThrow(/403 no/);
  });
});
