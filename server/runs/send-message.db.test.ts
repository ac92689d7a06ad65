import { describe, expect, it } from 'vitest';
import { maxQueuedMessages } from '#domain/input-limits';
import { aborted, createQueueScenario, failed, succeeded } from '#server/testing/queue-scenario';
import { insertChat, insertRun } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { armRacePoint } from './race-points.ts';
import { listMessages } from './reads.ts';
import { settleLostRun, settleOwnedRun } from './settle.ts';

const store = useRunDatabase();
const { activeRunOf, insertBusyChat, interrupt, playNext, queue, runsOf, send, stop, textsOf } = createQueueScenario(store);

describe('sendMessage', () => {
  it('starts at once where the chat is free, whatever is asked for a busy one', async () => {
    for (const whenBusy of ['reject', 'queue', 'interrupt'] as const) {
      const sent = await send(await insertChat(store.db), whenBusy, { text: 'a' });
      expect(sent).toMatchObject({ queued: false, run: { status: 'pending', userMessageId: sent.userMessageId } });
    }
  });

  it('keeps messages behind a run, which go out in order as each run ends, with their models', async () => {
    const { chat, lease } = await insertBusyChat();
    expect(await queue(chat, 'a')).toMatchObject({ run: null, assistantMessageId: null, queued: true });
    await queue(chat, 'b');
    expect(await textsOf(chat)).toEqual(['hello', 'a…', 'b…']);
    await settleOwnedRun(store.db, lease, succeeded);
    expect(await textsOf(chat)).toEqual(['hello', 'a', 'b…']);
    expect(await playNext(chat)).toBe('demo:a');
    expect(await textsOf(chat)).toEqual(['hello', 'a', 'b']);
    expect(await playNext(chat)).toBe('demo:b');
    expect(await activeRunOf(chat)).toBeNull();
    const messages = await listMessages(store.db, chat.chatId);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user', 'assistant']);
  });

  it('takes a message once, however often it is sent, before and after it has gone out', async () => {
    const { chat, lease } = await insertBusyChat();
    const message = { id: crypto.randomUUID(), text: 'a' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(chat, 'queue', message)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await settleOwnedRun(store.db, lease, succeeded);
    const late = await send(chat, 'queue', message);
    expect(late).toMatchObject({ queued: false, userMessageId: message.id, run: { id: (await activeRunOf(chat))!.id } });
    expect(await runsOf(chat)).toHaveLength(2);
    await expect(send(chat, 'queue', { ...message, text: 'b' })).rejects.toMatchObject({ code: 'MESSAGE_CONFLICT' });
  });

  it('leaves nothing behind when the process dies before the commit', async () => {
    const { chat, lease } = await insertBusyChat();
    const disarm = armRacePoint('before-start-commit', () => {
      throw new Error('killed');
    });
    await expect(interrupt(chat, 'a')).rejects.toThrow('killed');
    disarm();
    expect(await textsOf(chat)).toEqual(['hello']);
    expect((await store.db.prisma.run.findUniqueOrThrow({ where: { id: lease.runId } })).stopRequestedAt).toBeNull();
  });

  it('refuses more than may wait, and takes one again when there is room', async () => {
    const { chat, lease } = await insertBusyChat();
    const sent = await Promise.allSettled(Array.from({ length: maxQueuedMessages + 2 }, (_, i) => queue(chat, `${i}`)));
    const refusals = sent.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(refusals).toEqual(['QUEUE_FULL', 'QUEUE_FULL']);
    await settleOwnedRun(store.db, lease, succeeded);
    expect(await queue(chat, 'again')).toMatchObject({ queued: true });
  });

  it('never strands a message that comes as the run ends, and never sends it twice', async () => {
    const rounds = Array.from({ length: 30 }, async () => {
      const { chat, lease } = await insertBusyChat();
      const [sent] = await Promise.all([queue(chat, 'a'), settleOwnedRun(store.db, lease, succeeded)]);
      expect(await textsOf(chat)).toEqual(['hello', 'a']);
      expect((await activeRunOf(chat))?.userMessageId).toBe(sent.userMessageId);
      expect(await runsOf(chat)).toHaveLength(2);
    });
    await Promise.all(rounds);
  });
});

describe('an interrupting message', () => {
  it('stops a running answer and goes out before the others when that has ended', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    expect(await interrupt(chat, 'now')).toMatchObject({ queued: true });
    expect(await activeRunOf(chat)).toMatchObject({ id: lease.runId, stopRequestedAt: expect.any(Date) });
    expect(await textsOf(chat)).toEqual(['hello', 'now…', 'a…']);
    await settleOwnedRun(store.db, lease, aborted);
    expect(await textsOf(chat)).toEqual(['hello', 'now', 'a…']);
    await playNext(chat);
    expect(await textsOf(chat)).toEqual(['hello', 'now', 'a']);
  });

  it('ends an answer that nobody has begun, and starts at once', async () => {
    const chat = await insertChat(store.db);
    const first = await queue(chat, 'first');
    const sent = await interrupt(chat, 'now');
    expect(sent).toMatchObject({ queued: false, run: { status: 'pending' } });
    expect((await runsOf(chat)).map(({ status }) => status)).toEqual(['aborted', 'pending']);
    expect(await textsOf(chat)).toEqual(['first', 'now']);
    expect(first.run!.id).not.toBe(sent.run!.id);
  });

  it('goes out even if the answer fails or ends well before it hears of the stop', async () => {
    for (const ending of [failed, succeeded]) {
      const { chat, lease } = await insertBusyChat();
      await interrupt(chat, 'now');
      await settleOwnedRun(store.db, lease, ending);
      expect(await textsOf(chat)).toEqual(['hello', 'now']);
    }
  });

  it('may be one that is queued already, and is then asked for again', async () => {
    const { chat, lease } = await insertBusyChat();
    const message = { id: crypto.randomUUID(), text: 'b' };
    await queue(chat, 'a');
    await send(chat, 'queue', message);
    expect(await send(chat, 'interrupt', message)).toMatchObject({ queued: true });
    expect(await textsOf(chat)).toEqual(['hello', 'b…', 'a…']);
    await settleOwnedRun(store.db, lease, aborted);
    expect(await textsOf(chat)).toEqual(['hello', 'b', 'a…']);
  });

  it('stops one answer only, however often and however late it is sent again', async () => {
    const { chat, lease } = await insertBusyChat();
    const message = { id: crypto.randomUUID(), text: 'a' };
    await send(chat, 'interrupt', message);
    await interrupt(chat, 'b');
    await settleOwnedRun(store.db, lease, aborted);
    expect(await textsOf(chat)).toEqual(['hello', 'b', 'a…']);
    expect(await send(chat, 'interrupt', message)).toMatchObject({ queued: true });
    expect(await activeRunOf(chat)).toMatchObject({ model: 'demo:b', stopRequestedAt: null });
    expect(await textsOf(chat)).toEqual(['hello', 'b', 'a…']);
    await playNext(chat);
    await playNext(chat);
    await queue(chat, 'c');
    expect(await send(chat, 'interrupt', message)).toMatchObject({ queued: false, run: { status: 'succeeded' } });
    expect(await activeRunOf(chat)).toMatchObject({ model: 'demo:c', stopRequestedAt: null });
  });

  it('stays paused, and stops nothing, when it is sent again after a Stop', async () => {
    const { chat, lease } = await insertBusyChat();
    const message = { id: crypto.randomUUID(), text: 'a' };
    await send(chat, 'interrupt', message);
    await stop(lease.runId);
    await settleOwnedRun(store.db, lease, aborted);
    await queue(chat, 'b');
    expect(await send(chat, 'interrupt', message)).toMatchObject({ queued: true });
    expect(await activeRunOf(chat)).toMatchObject({ model: 'demo:b', stopRequestedAt: null });
    expect(await textsOf(chat)).toEqual(['hello', 'b', '(a)']);
  });

  it('asks once when it is sent many times at once', async () => {
    const { chat, lease } = await insertBusyChat();
    const message = { id: crypto.randomUUID(), text: 'a' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(chat, 'interrupt', message)));
    expect(answers.every(({ queued }) => queued)).toBe(true);
    await settleOwnedRun(store.db, lease, aborted);
    expect(await textsOf(chat)).toEqual(['hello', 'a']);
    expect(await runsOf(chat)).toHaveLength(2);
  });

  it('goes out when a sweep settles the stopped run of a dead worker', async () => {
    const chat = await insertChat(store.db);
    const { lease } = await insertRun(store.db, chat, { status: 'running', leaseSeconds: -1 });
    await interrupt(chat, 'now');
    expect(await settleLostRun(store.db, lease, { kind: 'aborted' })).toBe('settled');
    expect(await textsOf(chat)).toEqual(['hello', 'now']);
  });
});
