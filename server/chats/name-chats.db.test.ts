import { describe, expect, it } from 'vitest';
import { startRun } from '#server/runs/enqueue';
import { insertChat, insertRun, type RunState, type TestChat } from '#server/testing/run-factories';
import { silentLog, useRunDatabase } from '#server/testing/run-database';
import { startTestWorker } from '#server/testing/test-worker';
import { deleteChat, renameChat } from './change-chat.ts';
import { type ChatNamerOptions, createChatNamer } from './name-chats.ts';

const opening = 'hello';

describe('createChatNamer', () => {
  const context = useRunDatabase();

  const titleOf = async ({ chatId }: TestChat) =>
    (await context.db.prisma.chat.findUniqueOrThrow({ where: { id: chatId } })).title;

  const createNamer = (writeTitle: ChatNamerOptions['writeTitle']) =>
    createChatNamer(context.db, { writeTitle, log: silentLog });

  /** A chat named by its first message, with its first answer. */
  async function insertOpening(state: RunState = { status: 'succeeded' }) {
    const chat = await insertChat(context.db);
    const { runId, assistantMessageId } = await insertRun(context.db, chat, state);
    await renameChat(context.db, chat, opening);
    return { chat, runId, assistantMessageId };
  }

  /** What a namer asks the model about after these runs. */
  async function questionsAskedAfter(...runIds: string[]) {
    const asked: string[] = [];
    const namer = createNamer(async ({ question }) => {
      asked.push(question);
      return null;
    });
    for (const runId of runIds) namer.nameAfter(runId);
    await namer.close();
    return asked;
  }

  it('names a chat after its first answer, as the worker tells of it', async () => {
    const chat = await insertChat(context.db);
    const asked = Promise.withResolvers<Parameters<ChatNamerOptions['writeTitle']>[0]>();
    const namer = createNamer(async (input) => {
      asked.resolve(input);
      return 'Boats';
    });
    const { agent } = await startTestWorker(context.url, { onSucceeded: namer.nameAfter });
    const message = { parts: [{ type: 'text' as const, text: 'Tell me of boats' }] };
    const { run } = await startRun(context.db, { ...chat, model: 'demo:demo', message });
    expect(await titleOf(chat)).toBe('Tell me of boats');
    await (await agent.nextTurn(run.id)).answer('They float.');
    expect(await asked.promise).toMatchObject({
      model: 'demo:demo',
      question: 'Tell me of boats',
      answer: 'They float.',
    });
    await namer.close();
    expect(await titleOf(chat)).toBe('Boats');
  });

  it('leaves a title alone that somebody gives meanwhile', async () => {
    const { chat, runId } = await insertOpening();
    const namer = createNamer(async () => {
      await renameChat(context.db, chat, 'Mine');
      return 'The model’s';
    });
    namer.nameAfter(runId);
    await namer.close();
    expect(await titleOf(chat)).toBe('Mine');
  });

  it('asks nobody where somebody has named the chat, or it is gone', async () => {
    const [named, gone] = [await insertOpening(), await insertOpening()];
    await renameChat(context.db, named.chat, 'Mine');
    await deleteChat(context.db, gone.chat, gone.chat.userId);
    expect(await questionsAskedAfter(named.runId, gone.runId)).toEqual([]);
    expect(await titleOf(named.chat)).toBe('Mine');
  });

  it.each(['failed', 'aborted', 'running'] as const)('asks nobody after a run that is %s', async (status) => {
    const { runId } = await insertOpening({ status });
    expect(await questionsAskedAfter(runId)).toEqual([]);
  });

  it('asks nobody after a later answer', async () => {
    const { chat, assistantMessageId } = await insertOpening();
    const later = await insertRun(context.db, chat, { status: 'succeeded' });
    const { userMessageId } = await context.db.prisma.run.findUniqueOrThrow({ where: { id: later.runId } });
    await context.db.pool.query('UPDATE message SET parent_id = $3 WHERE chat_id = $1 AND id = $2', [
      chat.chatId,
      userMessageId,
      assistantMessageId,
    ]);
    expect(await questionsAskedAfter(later.runId)).toEqual([]);
  });

  it.each([
    ['the provider fails', () => Promise.reject(new Error('away'))],
    ['the model says nothing of use', async () => null],
  ])('keeps the beginning of the first message when %s', async (_, writeTitle) => {
    const { chat, runId } = await insertOpening();
    expect(await questionsAskedAfter(runId)).toEqual([opening]);
    const namer = createNamer(writeTitle);
    namer.nameAfter(runId);
    await namer.close();
    expect(await titleOf(chat)).toBe(opening);
  });

  it('gives up what is under way when it is closed', async () => {
    const { chat, runId } = await insertOpening();
    const asked = Promise.withResolvers<void>();
    const namer = createNamer(async ({ abortSignal }) => {
      asked.resolve();
      await new Promise((_, reject) => {
        abortSignal.addEventListener('abort', () => reject(new Error('given up')));
      });
      return 'Never';
    });
    namer.nameAfter(runId);
    await asked.promise;
    await namer.close();
    expect(await titleOf(chat)).toBe(opening);
  });
});
