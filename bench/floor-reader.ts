import http from 'node:http';
import { instant } from '#server/testing/model-answer';
import { benchModel } from './bench-model.ts';
import type { Ask } from './reader.ts';

const agent = new http.Agent({ maxSockets: Infinity });

/** The bare route handler: streams the provider and stores nothing. To stop is to hang up. */
export const askFloor: Ask = ({ origin, text, hear }) => {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let bytes = 0;
  let isStopped = false;
  let rest = '';
  const request = http.request(`${origin}/api/bench-floor`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', 'accept-encoding': 'identity' },
  });
  const fail = (error: Error) => (isStopped ? ended.resolve() : ended.reject(error));
  request.once('error', fail);
  request.once('response', (response) => {
    response.setEncoding('utf8');
    response.on('error', fail);
    response.on('data', (piece: string) => {
      const arrivedAt = instant();
      bytes += Buffer.byteLength(piece);
      const blocks = (rest + piece).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        if (block === 'data: [DONE]') continue;
        const chunk = JSON.parse(block.slice('data: '.length)) as { type: string; delta: string; errorText: string };
        if (chunk.type === 'error') fail(new Error(`the floor failed: ${chunk.errorText}`));
        if (chunk.type !== 'text-delta') continue;
        begun.resolve();
        hear(chunk.delta, arrivedAt);
      }
    });
    response.once('end', () => ended.resolve());
  });
  request.end(JSON.stringify({ model: benchModel, question: text }));
  ended.promise.catch(begun.reject);
  begun.promise.catch(() => undefined);
  return Promise.resolve({
    begun: begun.promise,
    ended: ended.promise,
    chatId: null,
    acceptedMs: null,
    stop: async () => {
      isStopped = true;
      request.destroy();
    },
    bytes: () => bytes,
  });
};
