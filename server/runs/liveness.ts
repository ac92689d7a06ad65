/**
 * A worker's sign of life: a database session of its own that holds an advisory lock and is otherwise idle. When the
 * process dies the session falls within milliseconds and a sweeper can take the lock. The same session listens for
 * stop requests, since it is there.
 */
import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import pg from 'pg';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { controlChannel, type StopHint } from './hints.ts';
import type { RunDatabase } from './run-database.ts';

/** First key of every worker's advisory lock; the second is the worker's own. */
export const workerLockClass = 721_077_145;

const reconnectMs = 200;
const heartbeatMs = 5_000;

export type Liveness = {
  workerId: string;
  /** Say that this worker takes no new runs. */
  drain(): Promise<void>;
  close(): Promise<void>;
};

export type LivenessOptions = {
  connectionString: string;
  capacity: number;
  version: string;
  onStopHint: (hint: StopHint) => void;
  log: Logger;
};

/** Register this process as a worker and hold its lock until closed. @throws when the database is away */
export async function startLiveness(db: RunDatabase, options: LivenessOptions): Promise<Liveness> {
  const workerId = uuidv7();
  const lockKey = randomInt(-(2 ** 31), 2 ** 31);
  let session: pg.Client | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: options.connectionString,
      application_name: 'holdfast worker',
      keepAlive: true,
    });
    client.on('error', () => undefined);
    client.on('end', () => {
      if (session === client) void reconnect();
    });
    client.on('notification', ({ payload }) => options.onStopHint(JSON.parse(payload ?? '{}') as StopHint));
    await client.connect();
    // Waits, since a sweeper may be trying the lock at this instant.
    await client.query('SELECT pg_advisory_lock($1, $2)', [workerLockClass, lockKey]);
    await client.query(`LISTEN ${controlChannel}`);
    session = client;
  }

  async function reconnect(): Promise<void> {
    options.log.warn('worker session lost, reconnecting');
    while (!closed) {
      const connected = await connect().then(
        () => true,
        () => false,
      );
      if (connected) return options.log.info('worker session is back');
      await new Promise((resolve) => setTimeout(resolve, reconnectMs));
    }
  }

  await connect();
  await db.pool.query(
    'INSERT INTO worker (id, host, pid, version, lock_key, capacity) VALUES ($1, $2, $3, $4, $5, $6)',
    [workerId, hostname(), process.pid, options.version, lockKey, options.capacity],
  );
  const heartbeat = setInterval(() => {
    db.pool
      .query('UPDATE worker SET seen_at = now() WHERE id = $1', [workerId])
      .catch((error: unknown) => options.log.warn({ err: error }, 'worker heartbeat failed'));
  }, heartbeatMs);

  return {
    workerId,
    async drain() {
      await db.pool.query('UPDATE worker SET draining = true, seen_at = now() WHERE id = $1', [workerId]);
    },
    async close() {
      closed = true;
      clearInterval(heartbeat);
      const last = session;
      session = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
