/**
 * A worker's sign of life: a database session of its own that holds an advisory lock and is all but idle. When the
 * process dies the session falls within milliseconds and a sweeper can take the lock. The same session listens for
 * stop requests, since it is there.
 */
import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import pg from 'pg';
import type { Logger } from 'pino';
import { controlChannel, type StopHint } from './hints.ts';
import type { RunDatabase } from './run-database.ts';

/** First key of every worker's advisory lock; the second is the worker's own. */
export const workerLockClass = 721_077_145;

const reconnectMs = 200;

export type Liveness = {
  /** Say that this worker takes no new runs. */
  drain(): Promise<void>;
  close(): Promise<void>;
};

export type LivenessOptions = {
  workerId: string;
  connectionString: string;
  capacity: number;
  version: string;
  onStopHint: (hint: StopHint) => void;
  log: Logger;
  /** for tests */
  heartbeatMs?: number;
};

/** Register this process as a worker and hold its lock until closed. @throws when the database is away */
export async function startLiveness(db: RunDatabase, options: LivenessOptions): Promise<Liveness> {
  const { log, heartbeatMs = 5_000 } = options;
  const worker = { id: options.workerId, version: options.version, capacity: options.capacity, draining: false };
  let session: Session | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const fresh = await openSession(options, heartbeatMs);
    try {
      await register(fresh, worker);
    } catch (error) {
      void fresh.client.end().catch(() => undefined);
      throw error;
    }
    if (closed) return fresh.client.end();
    fresh.client.once('end', () => {
      if (session === fresh) void reconnect();
    });
    session = fresh;
  }

  async function reconnect(): Promise<void> {
    session = undefined;
    log.warn('worker session lost, reconnecting');
    while (!closed) {
      const connected = await connect().then(
        () => true,
        () => false,
      );
      if (connected) return log.info('worker session is back');
      await new Promise((resolve) => setTimeout(resolve, reconnectMs));
    }
  }

  // Through the session itself: one that died without a word must not let its worker pass for dead for ever.
  async function beat(current: Session): Promise<void> {
    try {
      await register(current, worker);
    } catch (error) {
      log.warn({ err: error }, 'worker heartbeat failed');
      await current.client.end();
    }
  }

  await connect();
  const heartbeat = setInterval(() => void (session && beat(session).catch(() => undefined)), heartbeatMs);

  return {
    async drain() {
      worker.draining = true;
      await db.pool.query('UPDATE worker SET draining = true, seen_at = now() WHERE id = $1', [worker.id]);
    },
    async close() {
      closed = true;
      clearInterval(heartbeat);
      const last = session;
      session = undefined;
      await last?.client.end().catch(() => undefined);
    },
  };
}

/** lockKey: a new one each time, since the server may take the old session for alive for hours. */
type Session = { client: pg.Client; lockKey: number };

async function openSession({ connectionString, onStopHint }: LivenessOptions, timeoutMs: number): Promise<Session> {
  const client = new pg.Client({
    connectionString,
    application_name: 'holdfast worker',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  client.on('notification', ({ payload }) => onStopHint(JSON.parse(payload ?? '{}') as StopHint));
  const lockKey = randomInt(-(2 ** 31), 2 ** 31);
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1, $2)', [workerLockClass, lockKey]);
    await client.query(`LISTEN ${controlChannel}`);
    return { client, lockKey };
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

type WorkerRow = { id: string; version: string; capacity: number; draining: boolean };

/** Also when known: the row may have been swept away while this process slept. */
async function register({ client, lockKey }: Session, { id, version, capacity, draining }: WorkerRow): Promise<void> {
  await client.query(
    `INSERT INTO worker (id, host, pid, version, lock_key, capacity, draining) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO UPDATE
       SET lock_key = excluded.lock_key, draining = excluded.draining, seen_at = now()`,
    [id, hostname(), process.pid, version, lockKey, capacity, draining],
  );
}
