import { describe, expect, it } from 'vitest';
import { resumeQueue } from '#server/runs/change-queue';
import { settleOwnedRun } from '#server/runs/settle';
import { sendStrandedMessages, stopRunsOfDeletedChats } from '#server/runs/sweeps';
import { requestStop } from '#server/runs/transitions';
import { aborted, createQueueScenario, succeeded } from '#server/testing/queue-scenario';
import type { TestChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { deleteChat, restoreDeletedChat } from './change-chat.ts';

const store = useRunDatabase();
const { activeRunOf, insertBusyChat, interrupt, queue, runsOf, textsOf } = createQueueScenario(store);

const remove = (chat: TestChat) => deleteChat(store.db, chat, chat.userId);
const restore = (chat: TestChat) => restoreDeletedChat(store.db, chat, chat.chatId);

describe('a chat that is deleted while messages are queued', () => {
  it('sends none when its answer ends', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    await remove(chat);
    await settleOwnedRun(store.db, lease, succeeded);
    expect(await sendStrandedMessages(store.db)).toBe(0);
    expect(await runsOf(chat)).toHaveLength(1);
  });

  it('holds them once it is restored, though its answer ended before it could be stopped', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    await queue(chat, 'b');
    await remove(chat);
    await settleOwnedRun(store.db, lease, succeeded);
    expect(await restore(chat)).toBe(true);
    expect(await sendStrandedMessages(store.db)).toBe(0);
    expect(await textsOf(chat)).toEqual(['hello', '(a)', '(b)']);
    expect(await resumeQueue(store.db, chat)).toMatchObject({ model: 'demo:a' });
    expect(await textsOf(chat)).toEqual(['hello', 'a', 'b…']);
  });

  it('holds them though the process died before it could stop the answer, and that was being stopped already', async () => {
    const { chat, lease } = await insertBusyChat();
    await interrupt(chat, 'a');
    await remove(chat);
    await stopRunsOfDeletedChats(store.db);
    await restore(chat);
    await settleOwnedRun(store.db, lease, aborted);
    expect(await activeRunOf(chat)).toBeNull();
    expect(await textsOf(chat)).toEqual(['hello', '(a)']);
  });

  it('holds them once when it is restored twice', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    await remove(chat);
    await requestStop(store.db, { runId: lease.runId, userId: chat.userId });
    await restore(chat);
    await settleOwnedRun(store.db, lease, aborted);
    await resumeQueue(store.db, chat);
    expect(await restore(chat)).toBe(false);
    expect(await textsOf(chat)).toEqual(['hello', 'a']);
    expect(await activeRunOf(chat)).not.toBeNull();
  });
});
