/** A LISTEN connection that heals: keepalive, self-test, reconnect with a word to those who may have missed something. */
import pg from 'pg';
import type { Logger } from 'pino';

const selfTestEveryMs = 3_000;
const selfTestTimeoutMs = 3_000;
const reconnectMs = 200;

export type Listener = { close(): Promise<void> };

export type ListenerOptions = {
  connectionString: string;
  channels: readonly string[];
  onNotification: (channel: string, payload: string) => void;
  /** after every successful connect: whatever was said before may have been missed */
  onConnect: () => void;
  log: Logger;
};

/** Never throws: while the database is away it keeps trying. */
export function startListener(options: ListenerOptions): Listener {
  const { onConnect, log } = options;
  let session: pg.Client | undefined;
  let closed = false;

  async function keepListening(): Promise<void> {
    while (!closed) {
      try {
        session = await connect(options);
        if (closed) return await session.end();
        onConnect();
        await untilLost(session);
        if (!closed) log.warn('listener lost, reconnecting');
      } catch (error) {
        log.warn({ err: error }, 'listener cannot connect');
      }
      if (!closed) await new Promise((resolve) => setTimeout(resolve, reconnectMs));
    }
  }

  const running = keepListening();
  return {
    async close() {
      closed = true;
      await session?.end().catch(() => undefined);
      await running;
    },
  };
}

async function connect({ connectionString, channels, onNotification }: ListenerOptions): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    application_name: 'holdfast listener',
    connectionTimeoutMillis: selfTestTimeoutMs,
    query_timeout: selfTestTimeoutMs,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  client.on('notification', ({ channel, payload }) => onNotification(channel, payload ?? ''));
  try {
    await client.connect();
    for (const channel of channels) await client.query(`LISTEN ${channel}`);
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

/** Asks the session now and then; resolves when it is lost. */
async function untilLost(client: pg.Client): Promise<void> {
  const lost = new Promise<'lost'>((resolve) => client.once('end', () => resolve('lost')));
  for (;;) {
    const timer = Promise.withResolvers<'due'>();
    const timeout = setTimeout(timer.resolve, selfTestEveryMs, 'due');
    const next = await Promise.race([lost, timer.promise]);
    clearTimeout(timeout);
    if (next === 'lost') return;
    const alive = await client.query('SELECT').then(
      () => true,
      () => false,
    );
    if (alive) continue;
    // Half open: its end will never be told, so it is not waited for.
    void client.end().catch(() => undefined);
    return;
  }
}
