import type { RunEvent } from '#domain/run-event';
import { isTerminal } from '#domain/run-status';
import { type Api, createApi } from '#server/testing/api-client';
import { instant } from '#server/testing/model-answer';
import { openChatSocket } from './chat-socket.ts';
import type { Ask } from './reader.ts';

/** Holdfast: a chat that is open and followed, as in the page, then Send. */
export function createHoldfast(api: Api): Ask {
  return async ({ origin, text, hear }) => {
    const here = createApi(origin, api.cookie);
    const { id: chatId } = await here.call.chat.create.mutate({});
    const opened = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const fail = (error: Error) => [opened, begun, ended].forEach(({ reject }) => reject(error));
    const socket = openChatSocket(here, chatId, {
      onError: fail,
      hear(event, arrivedAt) {
        if (event.type === 'chunks' && hearText(event, arrivedAt, hear)) begun.resolve();
        if (event.type !== 'run') return;
        if (event.run === null) opened.resolve();
        else if (event.run.status === 'failed') fail(new Error(`the run failed: ${event.run.error.message}`));
        else if (isTerminal(event.run.status)) ended.resolve();
      },
    });
    for (const { promise } of [begun, ended]) promise.catch(() => undefined);
    await opened.promise;
    const sentAt = instant();
    const { run } = await here.call.run.start.mutate({ chatId, message: { text } });
    return {
      begun: begun.promise,
      ended: ended.promise.finally(() => socket.close()),
      acceptedMs: instant() - sentAt,
      stop: async (by = origin) => void (await createApi(by, api.cookie).call.run.stop.mutate({ runId: run.id })),
      bytes: () => socket.bytes(),
    };
  };
}

type ChunksEvent = Extract<RunEvent, { type: 'chunks' }>;

function hearText({ chunks }: ChunksEvent, arrivedAt: number, hear: (piece: string, arrivedAt: number) => void): boolean {
  let isText = false;
  for (const chunk of chunks) {
    if (chunk.type !== 'text-delta') continue;
    isText = true;
    hear(chunk.delta, arrivedAt);
  }
  return isText;
}
