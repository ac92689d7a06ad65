/**
 * The doorbell: a pg-boss job that says "look at this run". The run row carries the truth, so a doorbell that is
 * late, doubled or lost does no harm. It is rung inside the transaction that made the run claimable.
 */
import type pg from 'pg';
import type { RunDatabase } from './run-database.ts';
import { inTransaction } from './transaction.ts';

/** The queue: woken by NOTIFY, never redelivered (recovery rings a new one). */
export const runDoorbellQueue = {
  name: 'run',
  options: { policy: 'standard', notify: true, retryLimit: 0, expireInSeconds: 60, deleteAfterSeconds: 60 },
} as const;

/** What a doorbell says. */
export type DoorbellJob = { runId: string };

/** A pending run that nobody has taken is rung for again at most this often, by all sweepers together. */
const repeatSeconds = 10;

/** pg-boss notifies nobody of a job that is due later; the workers' poll finds it. */
const silently = { startAfter: 1 };
const silentForMs = 30_000;
let loudAgainAtMs = 0;

/**
 * A listener that hangs fills the queue of notifications, and then PostgreSQL refuses every transaction that notifies,
 * at its commit. From now on doorbells of this process are silent for a while.
 *
 * @returns whether the error says so: then the transaction is worth another try
 */
export function noteFullQueue(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  const isFull = code === '54000' && /NOTIFY/.test(message ?? '');
  if (isFull) loudAgainAtMs = performance.now() + silentForMs;
  return isFull;
}

/** A transaction in which doorbells may be rung: tried again, silently, when the queue of notifications is full. */
export async function inRingingTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(pool, work);
  } catch (error) {
    if (!noteFullQueue(error)) throw error;
    return inTransaction(pool, work);
  }
}

const loudness = () => (performance.now() < loudAgainAtMs ? silently : {});

async function ring<T>(send: () => Promise<T>): Promise<T> {
  return send().catch((error: unknown) => {
    if (noteFullQueue(error)) return send();
    throw error;
  });
}

/** Ring for a run that has just become claimable. With `client`, as part of its transaction. */
export async function ringDoorbell(
  db: Pick<RunDatabase, 'boss'>,
  job: DoorbellJob & { priority: number },
  client?: pg.ClientBase,
): Promise<void> {
  const options = client ? { db: { executeSql: (text: string, values?: unknown[]) => client.query(text, values) } } : {};
  const { priority, runId } = job;
  const send = () => db.boss.send(runDoorbellQueue.name, { runId }, { priority, ...options, ...loudness() });
  await (client ? send() : ring(send));
}

/**
 * Ring again for a run that may have been overheard. Not while an earlier repetition waits: through a night without
 * workers they would pile up, and every new run would wait behind them in the morning.
 *
 * @returns whether it rang
 */
export async function repeatDoorbell(db: Pick<RunDatabase, 'boss' | 'pool'>, job: DoorbellJob): Promise<boolean> {
  const { rowCount } = await db.pool.query({
    name: 'waiting-doorbell',
    text: `SELECT FROM pgboss.job WHERE name = $1 AND singleton_key = $2 AND state < 'active' LIMIT 1`,
    values: [runDoorbellQueue.name, job.runId],
  });
  if (rowCount) return false;
  const options = { singletonKey: job.runId, singletonSeconds: repeatSeconds };
  const send = () => db.boss.send(runDoorbellQueue.name, job, { ...options, ...loudness() });
  return (await ring(send)) !== null;
}
