import { type Api, followByEvents, followBySocket } from '#server/testing/api-client';
import { instant } from '#server/testing/model-answer';
import type { Measured } from './measure-answers.ts';

/** From opening a new connection until it has delivered everything that an answer in progress has said so far. */
export async function measureReconnects(api: Api, words: number, rounds: number): Promise<Measured> {
  const { id: chatId } = await api.call.chat.create.mutate({});
  const { run } = await api.call.run.start.mutate({ chatId, message: { text: `[[words=${words} hang-after=${words} delay=1 stamp]]` } });
  await untilReplaced(followBySocket, api, { chatId, words });
  const measured: Measured = new Map([['WebSocket', []], ['SSE', []]]);
  for (let round = 0; round < rounds; round++) {
    measured.get('WebSocket')!.push(await untilReplaced(followBySocket, api, { chatId, words }));
    measured.get('SSE')!.push(await untilReplaced(followByEvents, api, { chatId, words }));
  }
  await api.call.run.stop.mutate({ runId: run.id });
  return measured;
}

type Written = { chatId: string; words: number };

/** Milliseconds until all the words are there. */
async function untilReplaced(follow: typeof followBySocket, api: Api, { chatId, words }: Written): Promise<number> {
  const complete = Promise.withResolvers<void>();
  let count = 0;
  const startedAt = instant();
  const following = follow(api, { chatId }, (event) => {
    if (event.type !== 'chunks') return;
    for (const chunk of event.chunks) if (chunk.type === 'text-delta') count += chunk.delta.split(' ').length - 1;
    if (count >= words) complete.resolve();
  });
  await complete.promise;
  const elapsedMs = instant() - startedAt;
  following.close();
  return elapsedMs;
}
