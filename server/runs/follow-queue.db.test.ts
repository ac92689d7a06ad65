import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunEvent } from '#domain/run-event';
import { recordFollower } from '#server/testing/follower';
import { insertChat, insertRun, type TestChat } from '#server/testing/run-factories';
import { silentLog, useRunDatabase } from '#server/testing/run-database';
import { editQueuedMessage, removeQueuedMessage } from './change-queue.ts';
import { createHub, type Hub } from './hub.ts';
import { readChat } from './reads.ts';
import { sendMessage } from './send-message.ts';
import { settleOwnedRun } from './settle.ts';

const store = useRunDatabase();

function useHub(): Hub {
  const hub = createHub(store.db, { connectionString: store.url, log: silentLog });
  onTestFinished(() => hub.close());
  return hub;
}

async function insertBusyChat() {
  const chat = await insertChat(store.db);
  return { chat, lease: (await insertRun(store.db, chat, { status: 'running' })).lease };
}

const queue = async (chat: TestChat, text: string) => {
  const message = { parts: [{ type: 'text' as const, text }] };
  return (await sendMessage(store.db, { ...chat, model: 'demo:demo', message, whenBusy: 'queue' })).userMessageId;
};
const isMessage = (id: string, status: string) => (event: RunEvent) =>
  event.type === 'message' && event.message.id === id && event.message.metadata?.status === status;

/** An event in two words. */
function nameOf(event: RunEvent): string {
  if (event.type === 'message') return `${event.message.role} ${event.message.metadata?.status}`;
  return event.type === 'run' ? `run ${event.run?.status}` : event.type;
}

describe('followChat, of a queue', () => {
  it('tells what is queued, edited and taken back, and each message as it goes out', async () => {
    const { chat, lease } = await insertBusyChat();
    const { cursor } = await readChat(store.db, chat.chatId);
    const follower = recordFollower(store.db, useHub(), { ...chat, lastEventId: cursor });
    const [a, b] = [await queue(chat, 'a'), await queue(chat, 'b')];
    await follower.until(isMessage(b, 'queued'));
    await editQueuedMessage(store.db, { ...chat, messageId: a, text: 'A' });
    await follower.until((event) => isMessage(a, 'queued')(event) && JSON.stringify(event).includes('"A"'));
    await removeQueuedMessage(store.db, { ...chat, messageId: b });
    await follower.until((event) => event.type === 'removed' && event.messageId === b);
    await settleOwnedRun(store.db, lease, { outcome: { kind: 'succeeded' }, lastSeq: 0 });
    await follower.until((event) => event.type === 'run' && event.run?.status === 'pending');
    const sent = await follower.until(isMessage(a, 'completed'));
    expect(sent.event).toMatchObject({ message: { metadata: { parentId: lease.assistantMessageId } } });
    expect(sent.event).not.toHaveProperty('message.metadata.queue');
    await follower.leave();
  });

  it('tells a follower without a cursor of the run first, and of what is queued', async () => {
    const { chat } = await insertBusyChat();
    const [a, b] = [await queue(chat, 'a'), await queue(chat, 'b')];
    const follower = recordFollower(store.db, useHub(), chat);
    await follower.until(isMessage(b, 'queued'));
    await follower.leave();
    const told = follower.events.map(({ event }) => event);
    expect(told.map(nameOf)).toEqual(['run running', 'user queued', 'user queued']);
    expect(told.flatMap((event) => (event.type === 'message' ? [event.message.id] : []))).toEqual([a, b]);
  });

  it('tells one that comes back of everything since, in an order that a page can follow', async () => {
    const { chat, lease } = await insertBusyChat();
    const { cursor } = await readChat(store.db, chat.chatId);
    await queue(chat, 'a');
    const b = await queue(chat, 'b');
    await settleOwnedRun(store.db, lease, { outcome: { kind: 'succeeded' }, lastSeq: 0 });
    const follower = recordFollower(store.db, useHub(), { ...chat, lastEventId: cursor });
    await follower.until(isMessage(b, 'queued'));
    await follower.until((event) => event.type === 'message' && event.message.metadata?.status === 'completed' && event.message.role === 'assistant');
    await follower.leave();
    const names = follower.events.map(({ event }) => nameOf(event)).filter((name) => name !== 'chunks');
    expect(names.slice(0, 2).toSorted()).toEqual(['assistant streaming', 'user completed']);
    expect(names.slice(2, 4)).toEqual(['run succeeded', 'run pending']);
    expect(names.slice(4).toSorted()).toEqual(['assistant completed', 'user queued']);
  });
});
