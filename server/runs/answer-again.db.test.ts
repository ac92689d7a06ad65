import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '#domain/message-view';
import { insertChat, insertRun, type TestChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { startTestWorker } from '#server/testing/test-worker';
import { untilSettled } from '#server/testing/until-settled';
import { continueRun, regenerateRun } from './answer-again.ts';
import { startRun } from './enqueue.ts';
import { findMessage, listBranch } from './reads.ts';
import { readRunRecord } from './run-record.ts';
import { requestStop } from './transitions.ts';

const store = useRunDatabase();

const start = (chat: TestChat) =>
  startRun(store.db, { ...chat, model: 'demo:demo', message: { parts: [{ type: 'text', text: 'hello' }] } });
const stop = (runId: string) => requestStop(store.db, { runId, userId: null });
const settled = (runId: string) => untilSettled(store.db, runId);
const wordsOf = (parts: ChatMessage['parts'] | undefined) =>
  parts?.map((part) => (part.type === 'text' ? part.text : part.type));

describe('regenerateRun', () => {
  it('writes a sibling of the old answer and shows it instead', async () => {
    const chat = await insertChat(store.db);
    const { run, assistantMessageId, userMessageId } = await start(chat);
    await stop(run.id);
    const again = await regenerateRun(store.db, { ...chat, runId: run.id });
    expect(again.run).toMatchObject({ trigger: 'regenerate', status: 'pending', userMessageId });
    expect(again.assistantMessageId).not.toBe(assistantMessageId);
    const branch = await listBranch(store.db, chat.chatId);
    expect(branch.map(({ id }) => id)).toEqual([userMessageId, again.assistantMessageId]);
  });

  it('is the same regeneration when it is asked again under its id, also at the same moment and after its end', async () => {
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'succeeded' });
    const again = { ...chat, runId, assistantMessageId: crypto.randomUUID() };
    const twice = await Promise.all([1, 2].map(() => regenerateRun(store.db, again)));
    expect(twice[0]).toMatchObject({ assistantMessageId: again.assistantMessageId, run: { trigger: 'regenerate' } });
    expect(twice[1]!.run.id).toBe(twice[0]!.run.id);
    await stop(twice[0]!.run.id);
    const continued = await continueRun(store.db, { ...chat, runId: twice[0]!.run.id });
    await stop(continued.run.id);
    expect((await regenerateRun(store.db, again)).run.id).toBe(twice[0]!.run.id);
    const other = await regenerateRun(store.db, { ...again, assistantMessageId: crypto.randomUUID() });
    expect(other.run).toMatchObject({ status: 'pending' });
    expect(await store.db.prisma.run.count({ where: { chatId: chat.chatId } })).toBe(4);
  });

  it('is refused under the id of another message, and leaves nothing', async () => {
    const chat = await insertChat(store.db);
    const { run, userMessageId, assistantMessageId } = await start(chat);
    await stop(run.id);
    for (const id of [userMessageId, assistantMessageId]) {
      const asked = regenerateRun(store.db, { ...chat, runId: run.id, assistantMessageId: id });
      await expect(asked).rejects.toMatchObject({ code: 'MESSAGE_CONFLICT' });
    }
    expect(await store.db.prisma.run.count({ where: { chatId: chat.chatId } })).toBe(1);
    const elsewhere = await insertChat(store.db);
    const { runId } = await insertRun(store.db, elsewhere, { status: 'failed' });
    const again = await regenerateRun(store.db, { ...elsewhere, runId, assistantMessageId });
    expect(again).toMatchObject({ assistantMessageId, run: { chatId: elsewhere.chatId } });
  });

  it('is refused while the chat is being answered, and for a run of another chat', async () => {
    const chat = await insertChat(store.db);
    const { run } = await start(chat);
    await expect(regenerateRun(store.db, { ...chat, runId: run.id })).rejects.toMatchObject({ code: 'RUN_ACTIVE' });
    const other = await insertChat(store.db);
    const { runId } = await insertRun(store.db, other, { status: 'failed' });
    await stop(run.id);
    await expect(regenerateRun(store.db, { ...chat, runId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('continueRun', () => {
  const toolStep = [
    { role: 'assistant' as const, content: 'one' },
    { role: 'tool' as const, content: [] },
  ];

  /** An answer that fails in its second step. */
  async function breakOff() {
    const { agent } = await startTestWorker(store.url);
    const chat = await insertChat(store.db);
    const { run } = await start(chat);
    const turn = await agent.nextTurn(run.id);
    turn.say({ type: 'start' });
    await turn.beginStep();
    turn.sayText('step one');
    turn.endStep({ finishReason: 'tool-calls', responseMessages: toolStep });
    await turn.beginStep();
    turn.sayText('half of two');
    turn.fail({ code: 'PROVIDER_CUT', detail: 'cut' });
    await settled(run.id);
    return { agent, chat, run };
  }

  it('goes on in the same message from the last completed step, and keeps what it wipes as a draft', async () => {
    const { agent, chat, run } = await breakOff();
    const again = await continueRun(store.db, { ...chat, runId: run.id });
    expect(again).toMatchObject({ assistantMessageId: run.assistantMessageId, run: { trigger: 'continue' } });
    const turn = await agent.nextTurn(again.run.id);
    expect(turn.input.completedSteps.map(({ responseMessages }) => responseMessages)).toEqual([toolStep]);
    const soFar = await findMessage(store.db, chat.chatId, run.assistantMessageId);
    expect(wordsOf(soFar?.parts)).toEqual(['step-start', 'step one']);
    expect(soFar?.metadata?.status).toBe('streaming');
    expect(JSON.stringify((await readRunRecord(store.db, again.run.id)).drafts)).toContain('half of two');
    await turn.beginStep();
    turn.sayText('whole two');
    turn.endStep();
    turn.say({ type: 'finish' });
    turn.end();
    expect(await settled(again.run.id)).toMatchObject({ status: 'succeeded', stepCount: 1 });
    const message = await findMessage(store.db, chat.chatId, run.assistantMessageId);
    expect(wordsOf(message?.parts)).toEqual(['step-start', 'step one', 'step-start', 'whole two']);
    for (const { id } of [run, again.run]) {
      expect(JSON.stringify((await readRunRecord(store.db, id)).drafts)).toContain('half of two');
    }
  });

  it('goes on once more where the continuation broke off too', async () => {
    const { agent, chat, run } = await breakOff();
    const second = await continueRun(store.db, { ...chat, runId: run.id });
    const turn = await agent.nextTurn(second.run.id);
    await turn.beginStep();
    turn.sayText('step two');
    turn.endStep({ finishReason: 'tool-calls', responseMessages: toolStep });
    turn.fail({ code: 'PROVIDER_CUT', detail: 'cut' });
    await settled(second.run.id);
    const third = await continueRun(store.db, { ...chat, runId: second.run.id });
    expect(wordsOf(third.run.baseParts)).toEqual(['step-start', 'step one', 'step-start', 'step two']);
    expect((await agent.nextTurn(third.run.id)).input.completedSteps).toHaveLength(2);
  });

  it('is refused for an answer whose text the database could not take: its steps are not in the message', async () => {
    const { chat, run } = await breakOff();
    await store.db.prisma.message.updateMany({ where: { chatId: chat.chatId, id: run.assistantMessageId }, data: { parts: [] } });
    await expect(continueRun(store.db, { ...chat, runId: run.id })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('remembers the tools that have acted for the answer, also when it is stopped before it begins', async () => {
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'failed' });
    const acted = [{ toolName: 'mail', stepCompleted: false }];
    await store.db.prisma.run.update({ where: { id: runId }, data: { toolsActed: acted } });
    const { run } = await continueRun(store.db, { ...chat, runId });
    expect(await stop(run.id)).toMatchObject({ status: 'aborted', toolsActed: acted });
  });

  it('is the same continuation when it is asked twice', async () => {
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'failed' });
    const twice = await Promise.all([1, 2].map(() => continueRun(store.db, { ...chat, runId })));
    expect(twice[0]!.run.id).toBe(twice[1]!.run.id);
  });

  it('is refused for an answer that is complete or being written', async () => {
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'succeeded' });
    await expect(continueRun(store.db, { ...chat, runId })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const { run } = await start(chat);
    await expect(continueRun(store.db, { ...chat, runId: run.id })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
