import type { RunEvent } from '#domain/run-event';
import { isTerminal } from '#domain/run-status';
import { type Api, createApi } from '#server/testing/api-client';
import { instant } from '#server/testing/model-answer';
import { openChatSocket } from './chat-socket.ts';
import type { Answer, Ask, Hear } from './reader.ts';

/** Holdfast: a chat that is open and followed, as in the page, then Send. */
export function createHoldfast({ cookie }: Pick<Api, 'cookie'>): Ask {
  return async ({ origin, text, hear }) => {
    const { call } = createApi(origin, cookie);
    const { id: chatId } = await call.chat.create.mutate({});
    const answer = followAnswer({ origin, cookie, chatId }, hear);
    await answer.opened;
    const sentAt = instant();
    const { run } = await call.run.start.mutate({ chatId, message: { text } });
    return {
      ...answer,
      chatId,
      acceptedMs: instant() - sentAt,
      stop: async (by = origin) => void (await createApi(by, cookie).call.run.stop.mutate({ runId: run!.id })),
    };
  };
}

type Place = { origin: string; cookie: string; chatId: string };

/** Follow a chat to the end of its answer. */
export function followAnswer(place: Place, hear: Hear): Answer & { opened: Promise<void> } {
  const opened = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const moments = [opened, begun, ended];
  const fail = (error: Error) => moments.forEach(({ reject }) => reject(error));
  const socket = openChatSocket(place, place.chatId, {
    onError: fail,
    hear(event, arrivedAt) {
      if (event.type === 'chunks' && hearText(event, arrivedAt, hear)) begun.resolve();
      if (event.type !== 'run') return;
      opened.resolve();
      if (event.run?.status === 'failed') fail(new Error(`the run failed: ${event.run.error.message}`));
      else if (event.run && isTerminal(event.run.status)) ended.resolve();
    },
  });
  for (const { promise } of moments) promise.catch(() => undefined);
  return {
    opened: opened.promise,
    begun: begun.promise,
    ended: ended.promise.finally(() => socket.close()),
    bytes: () => socket.bytes(),
  };
}

type ChunksEvent = Extract<RunEvent, { type: 'chunks' }>;

function hearText({ chunks }: ChunksEvent, arrivedAt: number, hear: Hear): boolean {
  const pieces = chunks.flatMap((chunk) => (chunk.type === 'text-delta' ? [chunk.delta] : []));
  for (const piece of pieces) hear(piece, arrivedAt);
  return pieces.length > 0;
}
