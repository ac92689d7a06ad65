import { EventEmitter, once } from 'node:events';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { insertChat, insertRun } from '#server/testing/run-factories';
import { silentLog, useRunDatabase } from '#server/testing/run-database';
import { armRacePoint } from './race-points.ts';
import { startSweeper, type SweeperOptions } from './sweeper.ts';

const store = useRunDatabase();

/** Says "swept <name>" with the count, and "failed <name>". */
function startObserved(options: Partial<SweeperOptions> = {}): EventEmitter {
  const rounds = new EventEmitter();
  const sweeper = startSweeper(store.db, {
    maxAttempts: 3,
    log: silentLog,
    observer: {
      swept: (sweep, count) => rounds.emit(`swept ${sweep}`, count),
      failed: (sweep) => rounds.emit(`failed ${sweep}`),
    },
    ...options,
  });
  onTestFinished(() => sweeper.close());
  return rounds;
}

describe('startSweeper', () => {
  it('goes on after a sweep that failed, with the others and with the same one', async () => {
    const chat = await insertChat(store.db);
    await insertRun(store.db, chat, { status: 'pending' });
    await store.db.prisma.chat.update({ where: { id: chat.chatId }, data: { deletedAt: new Date() } });
    const disarm = armRacePoint('before-stop', () => {
      throw new Error('no answer');
    });
    onTestFinished(disarm);
    const rounds = startObserved();
    const [, [orphaned]] = await Promise.all([once(rounds, 'failed stopped'), once(rounds, 'swept orphaned')]);
    expect(orphaned).toBe(0);
    disarm();
    const [stopped] = await once(startObserved(), 'swept stopped');
    expect(stopped).toBe(1);
  });

  it('goes on at once while there is more than one sweep takes', async () => {
    const chat = await insertChat(store.db);
    for (let i = 0; i < 101; i += 1) await insertRun(store.db, chat, { status: 'succeeded' });
    await store.db.pool.query(`UPDATE run SET finished_at = now() - interval '1 hour' WHERE chat_id = $1`, [chat.chatId]);
    const rounds = startObserved();
    const [first] = await once(rounds, 'swept pruned');
    expect(first).toBe(100);
    let others = 0;
    rounds.on('swept rescued', () => (others += 1));
    const [second] = await once(rounds, 'swept pruned');
    expect(second).toBe(1);
    // About a dozen of them fit between two rounds of this one when there is nothing more to do.
    expect(others).toBeLessThan(6);
  });

  it('says at level error what is stuck', async () => {
    const lines = new EventEmitter();
    const log = pino({ level: 'error' }, { write: (line) => void lines.emit('line', JSON.parse(line)) });
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'pending' });
    await store.db.prisma.run.delete({ where: { id: runId } });
    startObserved({ log, lookEveryMs: 1, patience: { unrungSeconds: 60, unclaimedSeconds: 60, unwrittenSeconds: 0 } });
    const [line] = await once(lines, 'line');
    expect(line).toMatchObject({ level: 50, runs: 0, messages: 1, runIds: [], msg: 'stuck: nobody looks after them' });
  });

  it('says nothing of what is not stuck', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'error' }, { write: (line) => void lines.push(line) });
    await insertRun(store.db, await insertChat(store.db), { status: 'pending' });
    const rounds = startObserved({ log, lookEveryMs: 1 });
    await once(rounds, 'swept stuck');
    expect(lines).toEqual([]);
  });
});
