import { expect, it } from 'vitest';
import { toFilePart } from '#domain/file-part';
import { startRun } from '#server/runs/enqueue';
import type { RunDatabase } from '#server/runs/run-database';
import { insertChat, type TestChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { storeFile } from './store-file.ts';
import { sweepUnsentFiles } from './sweep-files.ts';

const store = useRunDatabase();
const bytes = Buffer.from('The tide comes twice a day.');

async function keep(chat: TestChat, db: Pick<RunDatabase, 'pool'> = store.db) {
  const outcome = await storeFile(db, { ...chat, name: 'tide.txt', claimed: '', bytes });
  return 'file' in outcome ? outcome.file : expect.fail('refused');
}

const idsOf = async ({ workspaceId }: TestChat) =>
  (await store.db.prisma.file.findMany({ where: { workspaceId }, select: { id: true } })).map(({ id }) => id);

it('keeps one file when the process dies between the row and its answer, and the page sends it again', async () => {
  const chat = await insertChat(store.db);
  const pool = Object.create(store.db.pool, {
    query: {
      value: async (text: string, values: unknown[]) => {
        await store.db.pool.query(text, values);
        throw new Error('killed');
      },
    },
  });
  await expect(keep(chat, { pool })).rejects.toThrow('killed');
  const kept = await idsOf(chat);
  expect(kept).toHaveLength(1);
  expect((await keep(chat)).id).toBe(kept[0]);
  expect(await idsOf(chat)).toEqual(kept);
});

it('leaves to the sweep what is sent with no message, where it was sent again at the same moment or never', async () => {
  const chat = await insertChat(store.db);
  const [file] = await Promise.all([keep(chat), keep(chat), keep(chat)]);
  await startRun(store.db, { ...chat, model: 'demo:demo', message: { parts: [toFilePart(file)] } });
  await store.db.pool.query(`UPDATE file SET created_at = now() - interval '25 hours' WHERE workspace_id = $1`, [chat.workspaceId]);
  await sweepUnsentFiles(store.db);
  expect(await idsOf(chat)).toEqual([file.id]);
});
