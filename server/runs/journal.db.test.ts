import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Chunk } from '#domain/message-view';
import { eventually } from '#server/testing/eventually';
import { insertChat, insertRun, insertWorker } from '#server/testing/run-factories';
import { silentLog, useRunDatabase } from '#server/testing/run-database';
import type { ModelCall } from './agent.ts';
import { claimRun } from './claim.ts';
import { createJournal } from './journal.ts';
import type { JournalAlarm } from './open-run.ts';
import { chunksOf, readJournal } from './journal-reading.ts';
import type { Lease } from './lease.ts';
import { armRacePoint } from './race-points.ts';
import { requestStop } from './transitions.ts';

const store = useRunDatabase();

function useJournal(leaseSeconds = 15) {
  const journal = createJournal(store.db, { leaseSeconds, log: silentLog });
  onTestFinished(() => journal.close());
  return journal;
}

async function insertOwned(leaseSeconds = 15): Promise<Lease> {
  const chat = await insertChat(store.db);
  return (await insertRun(store.db, chat, { status: 'running', leaseSeconds })).lease;
}

const journalOf = (lease: Lease) => readJournal(store.db.pool, lease.runId);
const delta = (text: string): Chunk => ({ type: 'text-delta', id: 'a', delta: text });
const modelCall: ModelCall = {
  content: [{ type: 'tool-call', toolCallId: '1', toolName: 'look', input: '{}' }],
  finishReason: { unified: 'tool-calls', raw: 'tool_calls' },
  usage: {
    inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 1, text: 1, reasoning: 0 },
  },
};
const failOnAlarm = (alarm: JournalAlarm) => expect.fail(`unexpected alarm ${alarm}`);

describe('createJournal', () => {
  it('writes every chunk once, in order, in ranges without a gap', async () => {
    const lease = await insertOwned();
    const writer = useJournal().open(lease, 0, failOnAlarm);
    for (let i = 0; i < 500; i++) {
      writer.write(delta(`${i} `));
      if (i % 50 === 0) await writer.landed();
    }
    await writer.landed();
    const rows = await journalOf(lease);
    rows.reduce((seq, row) => (expect(row.from_seq).toBe(seq + 1), row.to_seq), 0);
    expect(rows.at(-1)?.to_seq).toBe(500);
    const text = chunksOf(rows).map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');
    expect(text).toBe(Array.from({ length: 500 }, (_, i) => `${i} `).join(''));
  });

  it('goes on after a flush whose outcome is unknown, without a duplicate', async () => {
    const lease = await insertOwned();
    let losses = 0;
    const disarm = armRacePoint('after-flush', () => {
      losses += 1;
      if (losses <= 2) throw new Error('connection reset');
    });
    onTestFinished(disarm);
    const writer = useJournal().open(lease, 0, failOnAlarm);
    writer.write(delta('one '));
    writer.write(delta('two '));
    await writer.landed();
    writer.write(delta('three'));
    await writer.landed();
    const text = chunksOf(await journalOf(lease)).map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : ''));
    expect(text.join('')).toBe('one two three');
  });

  it('raises fenced, rejects whoever waits and writes nothing more once the run has another owner', async () => {
    const lease = await insertOwned(-1);
    await claimRun(store.db, { runId: lease.runId, workerId: await insertWorker(store.db), leaseSeconds: 15 });
    const alarms: JournalAlarm[] = [];
    const writer = useJournal().open(lease, 0, (alarm) => alarms.push(alarm));
    writer.write(delta('from the dead'));
    await expect(writer.landed()).rejects.toMatchObject({ name: 'JournalClosed' });
    expect(alarms).toEqual(['fenced']);
    expect(await journalOf(lease)).toEqual([]);
  });

  it('raises stop with the flush that learns of it', async () => {
    const lease = await insertOwned();
    await requestStop(store.db, { runId: lease.runId, userId: null });
    const stopped = Promise.withResolvers<JournalAlarm>();
    useJournal().open(lease, 0, stopped.resolve).write(delta('x'));
    expect(await stopped.promise).toBe('stop');
  });

  it('renews the lease while nothing is written', async () => {
    const lease = await insertOwned(1);
    const before = await store.db.prisma.run.findUniqueOrThrow({ where: { id: lease.runId } });
    const renewed = Promise.withResolvers<void>();
    onTestFinished(armRacePoint('after-flush', () => renewed.resolve()));
    useJournal(2).open(lease, 0, failOnAlarm);
    await renewed.promise;
    const after = await store.db.prisma.run.findUniqueOrThrow({ where: { id: lease.runId } });
    expect(after.leaseExpiresAt!.getTime()).toBeGreaterThan(before.leaseExpiresAt!.getTime());
    expect(await journalOf(lease)).toEqual([]);
  });

  it('renews again at once, not at the next tick, a lease whose row was locked by another transaction', async () => {
    const lease = await insertOwned();
    const isDue = { ...lease, askedAtMs: lease.askedAtMs - 2_000 } as Lease;
    const operator = await store.db.pool.connect();
    await operator.query('BEGIN');
    await operator.query('SELECT FROM run WHERE id = $1 FOR UPDATE', [lease.runId]);
    let flushes = 0;
    const triedAgain = Promise.withResolvers<void>();
    onTestFinished(armRacePoint('before-flush', () => (++flushes === 3 ? triedAgain.resolve() : undefined)));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    useJournal().open(isDue, 0, failOnAlarm);
    vi.advanceTimersToNextTimer();
    await triedAgain.promise;
    await operator.query('COMMIT');
    operator.release();
    await eventually('the renewal', async () => {
      const { rows } = await store.db.pool.query<{ renewed: boolean }>(
        'SELECT updated_at > created_at AS renewed FROM run WHERE id = $1',
        [lease.runId],
      );
      return rows[0]?.renewed;
    });
  });

  it('records a model call after its chunks and before anything else, once, even when the answer of the flush is lost', async () => {
    const lease = await insertOwned();
    const journal = useJournal();
    const writer = journal.open(lease, 0, failOnAlarm);
    writer.write(delta('said'));
    await writer.landed();
    let lost = 0;
    onTestFinished(
      armRacePoint('after-flush', () => {
        if (++lost === 1) throw new Error('the answer was lost');
      }),
    );
    writer.recordCall(modelCall);
    await writer.landed();
    expect(lost).toBeGreaterThan(0);
    const calls = await store.db.prisma.runModelCall.findMany({ where: { runId: lease.runId } });
    expect(calls).toMatchObject([{ stepNumber: 1, epoch: 1, lastSeq: 1, ...modelCall }]);
    writer.write(delta('more'));
    await writer.landed();
    expect(chunksOf(await journalOf(lease))).toEqual([delta('said'), delta('more')]);
  });

  it('ends a run, and only once there is something to write, when the disk is full', async () => {
    const [full, idle] = [await insertOwned(), await insertOwned()];
    const journal = useJournal();
    await store.db.pool.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`,
    );
    await store.db.pool.query('CREATE TRIGGER full_disk BEFORE INSERT ON run_chunk EXECUTE FUNCTION refuse()');
    onTestFinished(async () => void (await store.db.pool.query('DROP FUNCTION refuse CASCADE')));
    const alarm = Promise.withResolvers<JournalAlarm>();
    journal.open(idle, 0, failOnAlarm);
    journal.open(full, 0, alarm.resolve).write(delta('x'));
    expect(await alarm.promise).toBe('disk-full');
  });

  it('raises cut-off before the lease has ended, so that nothing is set in motion after it', async () => {
    const lease = await insertOwned(2);
    onTestFinished(armRacePoint('before-flush', () => new Promise(() => undefined)));
    const alarm = Promise.withResolvers<JournalAlarm>();
    useJournal(2).open(lease, 0, alarm.resolve).write(delta('x'));
    expect(await alarm.promise).toBe('cut-off');
    const { rows } = await store.db.pool.query<{ alive: boolean }>('SELECT lease_expires_at > now() AS alive FROM run WHERE id = $1', [
      lease.runId,
    ]);
    expect(rows[0]?.alive).toBe(true);
  });

  it('raises cut-off when the database stays away for longer than the lease', async () => {
    const lease = await insertOwned(1);
    onTestFinished(
      armRacePoint('before-flush', () => {
        throw new Error('cut off from the database');
      }),
    );
    const alarm = Promise.withResolvers<JournalAlarm>();
    useJournal(1).open(lease, 0, alarm.resolve).write(delta('x'));
    expect(await alarm.promise).toBe('cut-off');
  });

  it('ends the run whose data the database refuses, and no other', async () => {
    const [bad, good] = [await insertOwned(), await insertOwned()];
    const journal = useJournal();
    const alarm = Promise.withResolvers<JournalAlarm>();
    const badWriter = journal.open(bad, 0, alarm.resolve);
    const goodWriter = journal.open(good, 0, failOnAlarm);
    // A step must be JSON that jsonb accepts; this one has slipped past the cleaning.
    badWriter.write(delta('x'), { responseMessages: '\0', finishReason: 'stop', usage: {} });
    goodWriter.write(delta('fine'));
    expect(await alarm.promise).toBe('unstorable');
    await goodWriter.landed();
    expect(await journalOf(bad)).toEqual([]);
    expect(chunksOf(await journalOf(good))).toEqual([delta('fine')]);
  });

  it('splits a delta of megabytes and loses none of it', async () => {
    const lease = await insertOwned();
    const writer = useJournal().open(lease, 0, failOnAlarm);
    const huge = '😀abc'.repeat(400_000);
    writer.write(delta(huge));
    await writer.landed();
    const rows = await journalOf(lease);
    expect(rows.length).toBeGreaterThan(1);
    expect(chunksOf(rows).map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('') === huge).toBe(true);
  });

  it('raises too-long instead of filling the disk', async () => {
    const lease = await insertOwned();
    const alarm = Promise.withResolvers<JournalAlarm>();
    const writer = useJournal().open(lease, 0, alarm.resolve);
    for (let i = 0; i < 10; i++) writer.write(delta('x'.repeat(1_000_000)));
    expect(await alarm.promise).toBe('too-long');
    await writer.landed();
  });
});
