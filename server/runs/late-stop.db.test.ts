import { describe, expect, it } from 'vitest';
import { aborted, createQueueScenario, failed, succeeded } from '#server/testing/queue-scenario';
import { insertChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { regenerateRun } from './answer-again.ts';
import { resumeQueue } from './change-queue.ts';
import { settleOwnedRun } from './settle.ts';

const store = useRunDatabase();
const { activeRunOf, insertBusyChat, interrupt, playNext, queue, runsOf, send, stop, textsOf } = createQueueScenario(store);
const statusesOf = async (chat: Parameters<typeof runsOf>[0]) => (await runsOf(chat)).map(({ status }) => status);

describe('a stop that comes when its run has just ended', () => {
  it('stops what that end has sent, and holds the rest', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    await queue(chat, 'b');
    await settleOwnedRun(store.db, lease, succeeded);
    expect(await stop(lease.runId)).toMatchObject({ status: 'aborted', model: 'demo:a' });
    expect(await activeRunOf(chat)).toBeNull();
    expect(await textsOf(chat)).toEqual(['hello', 'a', '(b)']);
    expect(await statusesOf(chat)).toEqual(['succeeded', 'aborted']);
  });

  it('is told the owner of a run that has begun meanwhile', async () => {
    const { chat, lease } = await insertBusyChat();
    for (const text of ['a', 'b', 'c']) await queue(chat, text);
    await settleOwnedRun(store.db, lease, succeeded);
    await playNext(chat);
    expect(await stop(lease.runId)).toMatchObject({ model: 'demo:b', stopRequestedAt: expect.any(String) });
    expect(await textsOf(chat)).toEqual(['hello', 'a', 'b', '(c)']);
  });

  it('stops nothing more when it is repeated, however late', async () => {
    const { chat, lease } = await insertBusyChat();
    for (const text of ['a', 'b', 'c']) await queue(chat, text);
    await settleOwnedRun(store.db, lease, succeeded);
    await stop(lease.runId);
    await stop(lease.runId);
    const resumed = await resumeQueue(store.db, chat);
    expect(await stop(lease.runId)).toMatchObject({ id: lease.runId, status: 'succeeded' });
    expect(await activeRunOf(chat)).toMatchObject({ id: resumed!.id, stopRequestedAt: null });
    await playNext(chat);
    await stop(lease.runId);
    expect(await activeRunOf(chat)).toMatchObject({ model: 'demo:c', stopRequestedAt: null });
  });

  it('is done once when it is asked many times at the same moment', async () => {
    const { chat, lease } = await insertBusyChat();
    for (const text of ['a', 'b']) await queue(chat, text);
    await settleOwnedRun(store.db, lease, succeeded);
    await Promise.all(Array.from({ length: 5 }, () => stop(lease.runId)));
    expect(await statusesOf(chat)).toEqual(['succeeded', 'aborted']);
    expect(await textsOf(chat)).toEqual(['hello', 'a', '(b)']);
  });

  it('meets the settlement at the same instant, and nothing goes out after it', async () => {
    for (let round = 0; round < 10; round++) {
      const { chat, lease } = await insertBusyChat();
      await queue(chat, 'a');
      await queue(chat, 'b');
      await Promise.all([settleOwnedRun(store.db, lease, succeeded), stop(lease.runId)]);
      expect(await activeRunOf(chat)).toBeNull();
      expect((await textsOf(chat)).at(-1)).toBe('(b)');
    }
  });
});

describe('a stop of a run that has long ended', () => {
  it('leaves what a person has begun since', async () => {
    const { chat, lease } = await insertBusyChat();
    await settleOwnedRun(store.db, lease, succeeded);
    await send(chat, 'queue', { text: 'a' });
    await stop(lease.runId);
    expect(await activeRunOf(chat)).toMatchObject({ model: 'demo:a', stopRequestedAt: null });
    await playNext(chat);
    const again = await regenerateRun(store.db, { ...chat, runId: lease.runId });
    await stop(lease.runId);
    expect(await activeRunOf(chat)).toMatchObject({ id: again.run.id, stopRequestedAt: null });
  });

  it('leaves what was resumed after a failure', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    await settleOwnedRun(store.db, lease, failed);
    await resumeQueue(store.db, chat);
    await stop(lease.runId);
    expect(await activeRunOf(chat)).toMatchObject({ model: 'demo:a', stopRequestedAt: null });
  });

  it('leaves what has taken the place of an interrupted answer', async () => {
    const { chat, lease } = await insertBusyChat();
    await interrupt(chat, 'a');
    await settleOwnedRun(store.db, lease, aborted);
    await stop(lease.runId);
    expect(await activeRunOf(chat)).toMatchObject({ model: 'demo:a', stopRequestedAt: null });
  });

  it('leaves the other chats', async () => {
    const { lease } = await insertBusyChat();
    const other = await insertChat(store.db);
    await send(other, 'queue', { text: 'a' });
    await settleOwnedRun(store.db, lease, succeeded);
    await stop(lease.runId);
    expect(await activeRunOf(other)).toMatchObject({ stopRequestedAt: null });
  });
});
