import type { RunEvent } from '#domain/run-event';
import { isTerminal } from '#domain/run-status';
import { type Api, followByEvents, followBySocket } from '#server/testing/api-client';
import { instant } from '#server/testing/model-answer';
import type { Contender } from './contender.ts';

/** Holdfast: a chat that is open and followed, as in the page, then Send. */
export function createHoldfast(api: Api, name: 'WebSocket' | 'SSE'): Contender {
  const follow = name === 'WebSocket' ? followBySocket : followByEvents;
  return {
    name,
    async ask(question, hear) {
      const { id: chatId } = await api.call.chat.create.mutate({});
      const opened = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<void>();
      const following = follow(api, { chatId }, (event) => {
        hearText(event, hear);
        if (event.type !== 'run') return;
        if (event.run === null) opened.resolve();
        else if (event.run.status === 'failed') ended.reject(new Error(`the run failed: ${event.run.error.message}`));
        else if (isTerminal(event.run.status)) ended.resolve();
      });
      await opened.promise;
      const sentAt = instant();
      const { run } = await api.call.run.start.mutate({ chatId, message: { text: question } });
      return {
        sentAt,
        acceptedMs: instant() - sentAt,
        stop: async () => void (await api.call.run.stop.mutate({ runId: run.id })),
        ended: ended.promise.finally(() => following.close()),
      };
    },
  };
}

function hearText(event: RunEvent, hear: (piece: string, arrivedAt: number) => void): void {
  if (event.type !== 'chunks') return;
  const arrivedAt = instant();
  for (const chunk of event.chunks) if (chunk.type === 'text-delta') hear(chunk.delta, arrivedAt);
}
