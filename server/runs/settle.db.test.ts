import { describe, expect, it } from 'vitest';
import type { Chunk } from '#domain/message-view';
import { insertChat, insertRun } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import type { Lease } from './lease.ts';
import { findMessage, listBranch } from './reads.ts';
import { settleOwnedRun } from './settle.ts';

const store = useRunDatabase();

async function insertOwned(chunks: Chunk[]) {
  const chat = await insertChat(store.db);
  return (await insertRun(store.db, chat, { status: 'running', chunks })).lease;
}

const rowOf = (lease: Lease) => store.db.prisma.run.findUniqueOrThrow({ where: { id: lease.runId } });
const messageOf = (lease: Lease) => findMessage(store.db, lease.chatId, lease.assistantMessageId);
const opening: Chunk[] = [{ type: 'start' }, { type: 'start-step' }, { type: 'text-start', id: 'a' }];
const delta = (id: string, text: string): Chunk => ({ type: 'text-delta', id, delta: text });

describe('settleOwnedRun, whatever the answer holds', () => {
  it('stores a reason that holds a NUL', async () => {
    const lease = await insertOwned(opening);
    const outcome = { kind: 'failed', code: 'PROVIDER_REJECTED', detail: 'said \0 and \ud800' } as const;
    expect(await settleOwnedRun(store.db, lease, { outcome, lastSeq: 3 })).toBe('settled');
    expect(await rowOf(lease)).toMatchObject({ status: 'failed', errorDetail: 'said  and \ufffd' });
  });

  it('ends a run whose chunks do not fold, and keeps what does', async () => {
    const chunks = [...opening, delta('a', 'kept'), delta('never opened', 'lost')];
    const lease = await insertOwned(chunks);
    expect((await listBranch(store.db, lease.chatId)).at(-1)?.parts).toMatchObject([{}, { text: 'kept' }]);
    const ending = { outcome: { kind: 'succeeded' }, lastSeq: chunks.length } as const;
    expect(await settleOwnedRun(store.db, lease, ending)).toBe('settled');
    expect(await rowOf(lease)).toMatchObject({ status: 'failed', errorCode: 'INTERNAL' });
    expect((await messageOf(lease))?.parts).toMatchObject([{ type: 'step-start' }, { type: 'text', text: 'kept' }]);
  });

  it('ends a run whose answer no row can hold', async () => {
    const lease = await insertOwned(opening);
    const place = { runId: lease.runId, workspaceId: lease.workspaceId, epoch: 1 };
    const body = JSON.stringify([delta('a', 'x'.repeat(4_000_000))]);
    for (let seq = 4; seq <= 8; seq++) {
      await store.db.prisma.runChunk.create({ data: { ...place, fromSeq: seq, toSeq: seq, body } });
    }
    await store.db.prisma.run.update({ where: { id: lease.runId }, data: { lastSeq: 8 } });
    expect(await settleOwnedRun(store.db, lease, { outcome: { kind: 'succeeded' }, lastSeq: 8 })).toBe('settled');
    expect(await rowOf(lease)).toMatchObject({ status: 'failed', errorCode: 'STORAGE_FAILED' });
    expect(await messageOf(lease)).toMatchObject({ parts: [], metadata: { status: 'failed' } });
  });
});
