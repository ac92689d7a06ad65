import { describe, expect, it } from 'vitest';
import { toFilePart } from '#domain/file-part';
import { eventually } from '#server/testing/eventually';
import { useRunDatabase } from '#server/testing/run-database';
import { insertChat, type TestChat } from '#server/testing/run-factories';
import type { Turn } from '#server/testing/scripted-agent';
import { startTestWorker } from '#server/testing/test-worker';
import { untilSettled } from '#server/testing/until-settled';
import { continueRun, regenerateRun } from './answer-again.ts';
import { startRun } from './enqueue.ts';
import { readChatFiles } from './read-files.ts';
import { rescueExpiredRuns } from './sweeps.ts';

const store = useRunDatabase();

async function insertFile({ workspaceId, userId, chatId }: TestChat, size: number): Promise<string> {
  const id = crypto.randomUUID();
  const bytes = Buffer.alloc(size, 'a');
  await store.db.prisma.file.create({
    data: { id, workspaceId, createdById: userId, name: 'a', mediaType: 'text/plain', byteSize: size, sha256: '', bytes },
  });
  await store.db.prisma.chatFile.create({ data: { chatId, fileId: id, workspaceId } });
  return id;
}

describe('readChatFiles', () => {
  it('reads the files of the chat and of no other', async () => {
    const [chat, other] = [await insertChat(store.db), await insertChat(store.db)];
    const [mine, theirs] = [await insertFile(chat, 3), await insertFile(other, 3)];
    const files = await readChatFiles(store.db, chat.chatId, [mine, theirs, crypto.randomUUID()]);
    expect(files.map(({ id, bytes }) => [id, bytes.toString()])).toEqual([[mine, 'aaa']]);
  });

  it('stops where it would be too much, in the order in which it was asked', async () => {
    const chat = await insertChat(store.db);
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push(await insertFile(chat, 10_000_000));
    const read = async (asked: string[]) => (await readChatFiles(store.db, chat.chatId, asked)).map(({ id }) => id).toSorted();
    expect(await read(ids)).toEqual(ids.slice(0, 3).toSorted());
    expect(await read(ids.toReversed())).toEqual(ids.slice(1).toSorted());
  });
});

describe('a run that is asked about files', () => {
  const broken = { code: 'PROVIDER_CUT', detail: 'cut' } as const;

  it('reads them anew when it is taken over, continued and answered once more', async () => {
    const chat = await insertChat(store.db);
    const id = await insertFile(chat, 3);
    const textIn = async (turn: Turn) => (await turn.input.readFiles([id])).map(({ bytes }) => bytes.toString());
    const first = await startTestWorker(store.url);
    const parts = [toFilePart({ id, name: 'a', mediaType: 'text/plain' })];
    const { run } = await startRun(store.db, { ...chat, model: 'demo:demo', message: { parts } });
    expect(await textIn(await first.agent.nextTurn(run.id))).toEqual(['aaa']);

    await first.db.boss.offWork('run');
    const { agent } = await startTestWorker(store.url);
    await eventually('the run to be taken from its owner', async () => {
      const expire = `UPDATE run SET lease_expires_at = now() - interval '1 second' WHERE id = $1 AND epoch = 1`;
      await store.db.pool.query(expire, [run.id]);
      await rescueExpiredRuns(store.db, 3, 0);
      return (await store.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } })).epoch === 2;
    });
    const again = await agent.nextTurn(run.id);
    expect(await textIn(again)).toEqual(['aaa']);
    again.fail(broken);
    await untilSettled(store.db, run.id);

    for (const answerAgain of [continueRun, regenerateRun]) {
      const later = await answerAgain(store.db, { ...chat, runId: run.id });
      const turn = await agent.nextTurn(later.run.id);
      expect(await textIn(turn)).toEqual(['aaa']);
      turn.fail(broken);
      await untilSettled(store.db, later.run.id);
    }
  });
});
