import { describe, expect, it } from 'vitest';
import { aborted, createQueueScenario, failed, succeeded } from '#server/testing/queue-scenario';
import { insertChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { editQueuedMessage, removeQueuedMessage, resumeQueue } from './change-queue.ts';
import { armRacePoint } from './race-points.ts';
import { settleOwnedRun } from './settle.ts';

const store = useRunDatabase();
const { activeRunOf, insertBusyChat, interrupt, playNext, queue, send, stop, textsOf } = createQueueScenario(store);

describe('a paused queue', () => {
  it('is what Stop leaves, of a running and of a pending answer', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    await stop(lease.runId);
    expect(await textsOf(chat)).toEqual(['hello', '(a)']);
    await settleOwnedRun(store.db, lease, aborted);
    expect(await activeRunOf(chat)).toBeNull();

    const other = await insertChat(store.db);
    const first = await queue(other, 'first');
    await queue(other, 'a');
    await stop(first.run!.id);
    expect(await textsOf(other)).toEqual(['first', '(a)']);
    expect(await activeRunOf(other)).toBeNull();
  });

  it('is what a failure leaves', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    await settleOwnedRun(store.db, lease, failed);
    expect(await textsOf(chat)).toEqual(['hello', '(a)']);
    expect(await activeRunOf(chat)).toBeNull();
  });

  it('is also what a Stop after an interruption leaves', async () => {
    const { chat, lease } = await insertBusyChat();
    await interrupt(chat, 'now');
    await stop(lease.runId);
    await stop(lease.runId);
    await settleOwnedRun(store.db, lease, aborted);
    expect(await textsOf(chat)).toEqual(['hello', '(now)']);
  });

  it('does not hold what is written after the stop', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    await stop(lease.runId);
    await queue(chat, 'b');
    await settleOwnedRun(store.db, lease, aborted);
    expect(await textsOf(chat)).toEqual(['hello', 'b', '(a)']);
    await playNext(chat);
    expect(await activeRunOf(chat)).toBeNull();
  });

  it('goes out in order once it is resumed, at once or behind the answer of the moment', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    await queue(chat, 'b');
    await stop(lease.runId);
    await settleOwnedRun(store.db, lease, aborted);
    const run = await resumeQueue(store.db, chat);
    expect(run).toMatchObject({ status: 'pending', model: 'demo:a' });
    expect(await textsOf(chat)).toEqual(['hello', 'a', 'b…']);
    await stop(run!.id);
    await send(chat, 'reject', { text: 'c' });
    expect(await resumeQueue(store.db, chat)).toBeNull();
    expect(await textsOf(chat)).toEqual(['hello', 'a', 'c', 'b…']);
    await playNext(chat);
    expect(await textsOf(chat)).toEqual(['hello', 'a', 'c', 'b']);
  });

  it('never loses a message that is queued as a pending run is stopped', async () => {
    const rounds = Array.from({ length: 30 }, async () => {
      const chat = await insertChat(store.db);
      const { run } = await queue(chat, 'first');
      await Promise.all([queue(chat, 'a'), stop(run!.id)]);
      const isAnswered = (await activeRunOf(chat)) !== null;
      expect(await textsOf(chat)).toEqual(['first', isAnswered ? 'a' : '(a)']);
    });
    await Promise.all(rounds);
  });
});

describe('a queued message', () => {
  it('can be edited and taken back until it goes out', async () => {
    const { chat, lease } = await insertBusyChat();
    const [a, b] = [await queue(chat, 'a'), await queue(chat, 'b')];
    await editQueuedMessage(store.db, { ...chat, messageId: a.userMessageId, text: 'A' });
    await removeQueuedMessage(store.db, { ...chat, messageId: b.userMessageId });
    await removeQueuedMessage(store.db, { ...chat, messageId: b.userMessageId });
    expect(await textsOf(chat)).toEqual(['hello', 'A…']);
    await settleOwnedRun(store.db, lease, succeeded);
    const key = { ...chat, messageId: a.userMessageId };
    await expect(editQueuedMessage(store.db, { ...key, text: 'late' })).rejects.toMatchObject({ code: 'MESSAGE_SENT' });
    await expect(removeQueuedMessage(store.db, key)).rejects.toMatchObject({ code: 'MESSAGE_SENT' });
    expect(await textsOf(chat)).toEqual(['hello', 'A']);
    await playNext(chat);
    expect(await activeRunOf(chat)).toBeNull();
  });

  it('takes an edit that is asked for again as done, even after it has gone out', async () => {
    const { chat, lease } = await insertBusyChat();
    const key = { ...chat, messageId: (await queue(chat, 'a')).userMessageId };
    await editQueuedMessage(store.db, { ...key, text: 'A' });
    await editQueuedMessage(store.db, { ...key, text: 'A' });
    await settleOwnedRun(store.db, lease, succeeded);
    await editQueuedMessage(store.db, { ...key, text: 'A' });
    expect(await textsOf(chat)).toEqual(['hello', 'A']);
  });

  it('is refused to whoever asks while it is being sent', async () => {
    const { chat, lease } = await insertBusyChat();
    const key = { ...chat, messageId: (await queue(chat, 'a')).userMessageId };
    let meanwhile: Promise<PromiseSettledResult<void>[]> | undefined;
    const disarm = armRacePoint('inside-settle', () => {
      meanwhile = Promise.allSettled([editQueuedMessage(store.db, { ...key, text: 'A' }), removeQueuedMessage(store.db, key)]);
    });
    await settleOwnedRun(store.db, lease, succeeded);
    disarm();
    const refusal = { status: 'rejected', reason: { code: 'MESSAGE_SENT' } };
    expect(await meanwhile).toMatchObject([refusal, refusal]);
    expect(await textsOf(chat)).toEqual(['hello', 'a']);
  });

  it('does not come back when it is sent again after it was taken back', async () => {
    const { chat } = await insertBusyChat();
    const message = { id: crypto.randomUUID(), text: 'a' };
    await send(chat, 'queue', message);
    await removeQueuedMessage(store.db, { ...chat, messageId: message.id });
    await expect(send(chat, 'queue', message)).rejects.toMatchObject({ code: 'MESSAGE_CONFLICT' });
    await expect(editQueuedMessage(store.db, { ...chat, messageId: message.id, text: 'b' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await textsOf(chat)).toEqual(['hello']);
  });

  it('goes out with the old words or the new ones when an edit meets the end of the run', async () => {
    const rounds = Array.from({ length: 20 }, async () => {
      const { chat, lease } = await insertBusyChat();
      const { userMessageId: messageId } = await queue(chat, 'old');
      const edit = editQueuedMessage(store.db, { ...chat, messageId, text: 'new' });
      const [edited] = await Promise.allSettled([edit, settleOwnedRun(store.db, lease, succeeded)]);
      expect(await textsOf(chat)).toEqual(['hello', edited.status === 'fulfilled' ? 'new' : 'old']);
    });
    await Promise.all(rounds);
  });

  it('is nobody else’s business', async () => {
    const { chat } = await insertBusyChat();
    const stranger = await insertChat(store.db);
    const { userMessageId: messageId } = await queue(chat, 'a');
    const refusal = { code: 'NOT_FOUND' };
    await expect(editQueuedMessage(store.db, { ...stranger, messageId, text: 'b' })).rejects.toMatchObject(refusal);
    await expect(removeQueuedMessage(store.db, { ...stranger, messageId })).rejects.toMatchObject(refusal);
    await expect(resumeQueue(store.db, { ...stranger, chatId: chat.chatId })).rejects.toMatchObject(refusal);
  });
});
