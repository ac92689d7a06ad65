import type { Chunk } from '#domain/message-view';
import { instant } from '#server/testing/model-answer';
import { readEventStream } from '#server/testing/event-stream';
import type { Contender } from './contender.ts';

/** The bare route handler: streams the provider and stores nothing. To stop is to hang up. */
export function createFloor(origin: string, model: string): Contender {
  return {
    name: 'floor',
    async ask(question, hear) {
      const hangUp = new AbortController();
      const sentAt = instant();
      const response = await fetch(`${origin}/api/bench-floor`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-encoding': 'identity' },
        body: JSON.stringify({ model, question }),
        signal: hangUp.signal,
      });
      const listen = async () => {
        for await (const { data: chunk } of readEventStream<Chunk>(response)) {
          if (chunk.type === 'text-delta') hear(chunk.delta, instant());
          if (chunk.type === 'error') throw new Error(`the floor failed: ${chunk.errorText}`);
        }
      };
      const ended = listen().catch((error: unknown) => {
        if (!hangUp.signal.aborted) throw error;
      });
      return { sentAt, acceptedMs: null, stop: async () => hangUp.abort(), ended };
    },
  };
}
