import { expect, it, onTestFinished } from 'vitest';
import { createQueueScenario, succeeded } from '#server/testing/queue-scenario';
import { useRunDatabase } from '#server/testing/run-database';
import { armRacePoint } from './race-points.ts';
import { settleOwnedRun } from './settle.ts';
import { stopChat } from './stop-chat.ts';

const store = useRunDatabase();
const { insertBusyChat, queue, runsOf, textsOf } = createQueueScenario(store);

it('stops the run of the message that follows when the answer ends by itself at that moment', async () => {
  const { chat, lease } = await insertBusyChat();
  await queue(chat, 'next');
  await queue(chat, 'last');
  const disarm = armRacePoint('before-stop', async () => {
    disarm();
    await settleOwnedRun(store.db, lease, succeeded);
  });
  onTestFinished(disarm);
  const stopped = await stopChat(store.db, { chatId: chat.chatId, userId: null });
  expect((await runsOf(chat)).map(({ status }) => status)).toEqual(['succeeded', 'aborted']);
  expect(stopped?.status).toBe('aborted');
  expect(await textsOf(chat)).toEqual(['hello', 'next', '(last)']);
});

it('says how the last answer ended where none is being written', async () => {
  const { chat, lease } = await insertBusyChat();
  await settleOwnedRun(store.db, lease, succeeded);
  expect(await stopChat(store.db, { chatId: chat.chatId, userId: null })).toMatchObject({ id: lease.runId, status: 'succeeded' });
});
