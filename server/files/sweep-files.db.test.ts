import { describe, expect, it } from 'vitest';
import { startRun } from '#server/runs/enqueue';
import { armRacePoint } from '#server/runs/race-points';
import { insertChat, type TestChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { toFilePart } from '#domain/file-part';
import { storeFile } from './store-file.ts';
import { sweepUnsentFiles } from './sweep-files.ts';

const store = useRunDatabase();

async function insertFile(chat: TestChat, { ageHours }: { ageHours: number }): Promise<string> {
  const bytes = Buffer.from(crypto.randomUUID());
  const outcome = await storeFile(store.db, { ...chat, name: 'a.txt', claimed: '', bytes });
  const { id } = 'file' in outcome ? outcome.file : expect.fail('refused');
  await store.db.pool.query('UPDATE file SET created_at = now() - make_interval(hours => $2) WHERE id = $1', [id, ageHours]);
  return id;
}

const isThere = async (id: string) => (await store.db.prisma.file.count({ where: { id } })) === 1;

const start = (chat: TestChat, fileId: string) =>
  startRun(store.db, {
    ...chat,
    model: 'demo:demo',
    message: { parts: [toFilePart({ id: fileId, name: 'a.txt', mediaType: 'text/plain' })] },
  });

describe('sweepUnsentFiles', () => {
  it('deletes what nobody has sent for a day, and says how many', async () => {
    const chat = await insertChat(store.db);
    const [fresh, old, sent] = [
      await insertFile(chat, { ageHours: 23 }),
      await insertFile(chat, { ageHours: 25 }),
      await insertFile(chat, { ageHours: 25 }),
    ];
    await start(chat, sent);
    expect(await sweepUnsentFiles(store.db)).toBe(1);
    expect(await Promise.all([fresh, old, sent].map(isThere))).toEqual([true, false, true]);
  });

  it('does it once when several sweep', async () => {
    const chat = await insertChat(store.db);
    const old = await Promise.all(Array.from({ length: 5 }, () => insertFile(chat, { ageHours: 25 })));
    const counts = await Promise.all([1, 2, 3].map(() => sweepUnsentFiles(store.db)));
    expect(counts.reduce((sum, count) => sum + count)).toBe(5);
    expect((await Promise.all(old.map(isThere))).includes(true)).toBe(false);
  });

  it('never takes a file that is being sent: the message is refused, or the file stays', async () => {
    const chat = await insertChat(store.db);
    const id = await insertFile(chat, { ageHours: 25 });
    const disarm = armRacePoint('before-start-commit', async () => void (await sweepUnsentFiles(store.db)));
    const outcome = await start(chat, id).then(
      () => 'sent',
      (error: unknown) => (error as { code: string }).code,
    );
    disarm();
    expect(outcome).toBe((await isThere(id)) ? 'sent' : 'FILE_GONE');
    expect(await store.db.prisma.message.count({ where: { chatId: chat.chatId } })).toBe(outcome === 'sent' ? 2 : 0);
  });
});
