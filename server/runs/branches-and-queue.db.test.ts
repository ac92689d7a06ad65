import { describe, expect, it } from 'vitest';
import { aborted, createQueueScenario } from '#server/testing/queue-scenario';
import type { TestChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { continueRun, regenerateRun } from './answer-again.ts';
import { selectBranch } from './branches.ts';
import { removeQueuedMessage, resumeQueue } from './change-queue.ts';
import { listMessages } from './reads.ts';
import { sendMessage } from './send-message.ts';
import { settleOwnedRun } from './settle.ts';

const store = useRunDatabase();
const { activeRunOf, insertBusyChat, playNext, queue, send, stop, textsOf } = createQueueScenario(store);

/** Say the first question in other words. */
const sayAnew = (chat: TestChat, text: string, parentId: string | null = null) => {
  const message = { parts: [{ type: 'text' as const, text }], parentId };
  return sendMessage(store.db, { ...chat, model: `demo:${text}`, message, whenBusy: 'reject' });
};

/** Stopped, with one message that is held. */
async function insertHeldChat() {
  const { chat, lease } = await insertBusyChat();
  const queuedId = (await queue(chat, 'queued')).userMessageId;
  await stop(lease.runId);
  await settleOwnedRun(store.db, lease, aborted);
  return { chat, first: lease, queuedId };
}

describe('a held queue', () => {
  it('lets a message that is said anew go first, and follows it', async () => {
    const { chat } = await insertHeldChat();
    await sayAnew(chat, 'anew');
    expect(await textsOf(chat)).toEqual(['anew', '(queued)']);
    await playNext(chat);
    expect(await activeRunOf(chat)).toBeNull();
    await resumeQueue(store.db, chat);
    expect(await textsOf(chat)).toEqual(['anew', 'queued']);
  });

  it('goes out behind a message that is said anew when it is resumed meanwhile', async () => {
    const { chat } = await insertHeldChat();
    await sayAnew(chat, 'anew');
    expect(await resumeQueue(store.db, chat)).toBeNull();
    expect(await textsOf(chat)).toEqual(['anew', 'queued…']);
    await playNext(chat);
    expect(await textsOf(chat)).toEqual(['anew', 'queued']);
  });

  it('follows the branch that is shown when it is resumed', async () => {
    const { chat, first } = await insertHeldChat();
    const anew = await sayAnew(chat, 'anew');
    await playNext(chat);
    await selectBranch(store.db, { ...chat, messageId: first.assistantMessageId });
    expect(await textsOf(chat)).toEqual(['hello', '(queued)']);
    const run = await resumeQueue(store.db, chat);
    expect(await textsOf(chat)).toEqual(['hello', 'queued']);
    await stop(run!.id);
    await selectBranch(store.db, { ...chat, messageId: anew.userMessageId });
    expect(await textsOf(chat)).toEqual(['anew']);
  });

  it('stays on one branch when another one is chosen as it is resumed', async () => {
    const rounds = Array.from({ length: 10 }, async () => {
      const { chat, first } = await insertHeldChat();
      await sayAnew(chat, 'anew');
      await playNext(chat);
      const turn = selectBranch(store.db, { ...chat, messageId: first.assistantMessageId });
      const [turned] = await Promise.allSettled([turn, resumeQueue(store.db, chat)]);
      expect(await textsOf(chat)).toEqual([turned.status === 'fulfilled' ? 'hello' : 'anew', 'queued']);
    });
    await Promise.all(rounds);
  });

  it('is joined by what is queued behind a message that is said anew, when that one is stopped', async () => {
    const { chat } = await insertHeldChat();
    const anew = await sayAnew(chat, 'anew');
    await queue(chat, 'later');
    await stop(anew.run!.id);
    expect(await textsOf(chat)).toEqual(['anew', '(queued)', '(later)']);
  });

  it('lets an answer that is written anew, or on, go first', async () => {
    const { chat, first } = await insertHeldChat();
    const other = await regenerateRun(store.db, { ...chat, runId: first.runId });
    expect(await textsOf(chat)).toEqual(['hello', '(queued)']);
    await stop(other.run.id);
    await continueRun(store.db, { ...chat, runId: other.run.id });
    await playNext(chat);
    expect(await activeRunOf(chat)).toBeNull();
    await resumeQueue(store.db, chat);
    const sent = await store.db.prisma.message.findFirst({ where: { chatId: chat.chatId, parentId: other.assistantMessageId } });
    expect(sent).toMatchObject({ status: 'completed', parts: [{ text: 'queued' }] });
  });
});

describe('a waiting queue', () => {
  it('keeps its branch: nothing is said or written anew, and no other one is shown, before it has gone out', async () => {
    const { chat, first } = await insertHeldChat();
    await send(chat, 'reject', { text: 'busy' });
    await resumeQueue(store.db, chat);
    const busy = { code: 'RUN_ACTIVE' };
    await expect(sayAnew(chat, 'anew')).rejects.toMatchObject(busy);
    await expect(regenerateRun(store.db, { ...chat, runId: first.runId })).rejects.toMatchObject(busy);
    await expect(selectBranch(store.db, { ...chat, messageId: first.assistantMessageId })).rejects.toMatchObject(busy);
    expect(await textsOf(chat)).toEqual(['hello', 'busy', 'queued…']);
    await playNext(chat);
    expect(await textsOf(chat)).toEqual(['hello', 'busy', 'queued']);
  });
});

describe('a queued message', () => {
  it('can be followed by nothing until it has gone out, nor once it was taken back', async () => {
    const { chat, queuedId } = await insertHeldChat();
    const refusal = { code: 'BAD_REQUEST' };
    await expect(sayAnew(chat, 'after', queuedId)).rejects.toMatchObject(refusal);
    await removeQueuedMessage(store.db, { ...chat, messageId: queuedId });
    await expect(sayAnew(chat, 'after', queuedId)).rejects.toMatchObject(refusal);
    expect(await textsOf(chat)).toEqual(['hello']);
  });

  it('is no version of a first question, though it has no parent yet', async () => {
    const { chat, queuedId } = await insertHeldChat();
    const messages = await listMessages(store.db, chat.chatId);
    expect(messages.at(-1)).toMatchObject({ id: queuedId, metadata: { status: 'queued', parentId: null } });
    for (const { metadata } of messages) expect(metadata).not.toHaveProperty('siblings');
  });
});
