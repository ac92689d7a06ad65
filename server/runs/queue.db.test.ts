import { describe, expect, it } from 'vitest';
import { createQueueScenario, failed, succeeded } from '#server/testing/queue-scenario';
import { type TestChat } from '#server/testing/run-factories';
import { openRunDatabase, useRunDatabase } from '#server/testing/run-database';
import { armRacePoint } from './race-points.ts';
import { settleOwnedRun } from './settle.ts';
import { sendStrandedMessages } from './sweeps.ts';

const store = useRunDatabase();
const { activeRunOf, insertBusyChat, queue, runsOf, textsOf } = createQueueScenario(store);

describe('sendNextMessage', () => {
  it('sends nothing when the process dies before the settlement is committed, and once when it is settled again', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    const disarm = armRacePoint('inside-settle', () => {
      throw new Error('killed');
    });
    await expect(settleOwnedRun(store.db, lease, succeeded)).rejects.toThrow('killed');
    disarm();
    expect(await textsOf(chat)).toEqual(['hello', 'a…']);
    expect(await runsOf(chat)).toHaveLength(1);
    expect(await settleOwnedRun(store.db, lease, succeeded)).toBe('settled');
    expect(await settleOwnedRun(store.db, lease, succeeded)).toBe('settled-before');
    expect(await textsOf(chat)).toEqual(['hello', 'a']);
    expect(await runsOf(chat)).toHaveLength(2);
  });
});

describe('sendStrandedMessages', () => {
  /** A message that waits behind a run which has ended without sending it. */
  async function strand(): Promise<TestChat> {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    await store.db.pool.query(
      `UPDATE run SET status = 'succeeded', finished_at = now(), worker_id = NULL, lease_expires_at = NULL WHERE id = $1`,
      [lease.runId],
    );
    return chat;
  }

  it('sends what waits behind no run, once, however many processes sweep', async () => {
    const chats = await Promise.all(Array.from({ length: 5 }, strand));
    const other = await openRunDatabase(store.url);
    const counts = await Promise.all([store.db, other, store.db, other].map((db) => sendStrandedMessages(db)));
    await other.close();
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
    for (const chat of chats) {
      expect(await textsOf(chat)).toEqual(['hello', 'a']);
      expect(await runsOf(chat)).toHaveLength(2);
    }
  });

  it('leaves alone what is held, what is behind a run, and deleted chats', async () => {
    const busy = await insertBusyChat();
    await queue(busy.chat, 'a');
    const held = await insertBusyChat();
    await queue(held.chat, 'a');
    await settleOwnedRun(store.db, held.lease, failed);
    const gone = await strand();
    await store.db.prisma.chat.update({ where: { id: gone.chatId }, data: { deletedAt: new Date() } });
    expect(await sendStrandedMessages(store.db)).toBe(0);
    expect(await activeRunOf(gone)).toBeNull();
  });

  it('is also left to do when the doorbell cannot be rung as the run ends', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    const boss = Object.create(store.db.boss, { send: { value: () => Promise.reject(new Error('no such queue')) } });
    expect(await settleOwnedRun({ ...store.db, boss }, lease, succeeded)).toBe('settled');
    expect(await textsOf(chat)).toEqual(['hello', 'a…']);
    expect(await sendStrandedMessages(store.db)).toBe(1);
    expect(await textsOf(chat)).toEqual(['hello', 'a']);
  });

  it('is what is left to do when a settlement cannot send what is queued', async () => {
    const { chat, lease } = await insertBusyChat();
    await queue(chat, 'a');
    // A row that the database will not take, for as long as the constraint is there.
    await store.db.pool.query(`ALTER TABLE run ADD CONSTRAINT no_a CHECK (model <> 'demo:a') NOT VALID`);
    try {
      expect(await settleOwnedRun(store.db, lease, succeeded)).toBe('settled');
    } finally {
      await store.db.pool.query('ALTER TABLE run DROP CONSTRAINT no_a');
    }
    expect((await runsOf(chat)).map(({ status }) => status)).toEqual(['succeeded']);
    expect(await sendStrandedMessages(store.db)).toBe(1);
    expect(await textsOf(chat)).toEqual(['hello', 'a']);
  });
});
