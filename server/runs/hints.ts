/**
 * Hints: NOTIFY after the commit, from a connection of its own that does not wait for the disk. NOTIFY inside the
 * transactions would hold a cluster-wide lock through each commit (docs/decisions). A lost hint costs at most one
 * poll interval: the rows are the truth.
 */
import pg from 'pg';
import type { Logger } from 'pino';

/** chunks for the hubs of the web processes */
export const chunkChannel = 'holdfast_chunks';
/** "this chat has changed", for the hubs */
export const chatChannel = 'holdfast_chats';
/** "look at this run's stop request", for the workers */
export const controlChannel = 'holdfast_control';

/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const maxPayloadBytes = 7_900;
const sendTimeoutMs = 5_000;
/** A listener that hangs fills the queue; when it is full every NOTIFY fails. Past this, stay silent. */
const maxQueueUsage = 0.5;
const complainEveryMs = 60_000;

export type ChunkHint = {
  chatId: string;
  runId: string;
  messageId: string;
  epoch: number;
  fromSeq: number;
  toSeq: number;
  /** JSON text of the chunks; null when they were too large to carry */
  body: string | null;
};
export type ChatHint = { chatId: string; workspaceId: string };
export type StopHint = { runId: string };

export type Hints = {
  chunks(hints: ChunkHint[]): void;
  chatChanged(hint: ChatHint): void;
  stopRequested(hint: StopHint): void;
  /** Resolves when everything given so far was sent or dropped. */
  close(): Promise<void>;
};

type Notification = { channel: string; payload: string };

export type HintsOptions = {
  connectionString: string;
  log: Logger;
  /** how full the queue may be, 0 to 1; for tests */
  maxUsage?: number;
};

/** Connects on first use, and again after every loss; what was to be said meanwhile is dropped. */
export function createHints({ connectionString, log, maxUsage = maxQueueUsage }: HintsOptions): Hints {
  let waiting: Notification[] = [];
  let sending: Promise<void> | undefined;
  let client: pg.Client | undefined;
  const complain = createQueueAlert(log);

  async function connect(): Promise<pg.Client> {
    if (client) return client;
    const fresh = new pg.Client({
      connectionString,
      options: '-c synchronous_commit=off',
      application_name: 'holdfast hints',
      connectionTimeoutMillis: sendTimeoutMs,
      query_timeout: sendTimeoutMs,
      keepAlive: true,
    });
    fresh.on('error', (error) => {
      log.warn({ err: error }, 'hint connection lost');
      if (client === fresh) client = undefined;
    });
    await fresh.connect();
    client = fresh;
    return fresh;
  }

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const session = await connect();
        const skipped = batch.length - (await notify(session, batch, maxUsage));
        if (skipped > 0) await complain(session, skipped);
      } catch (error) {
        log.warn({ err: error, dropped: batch.length }, 'hints dropped');
        const lost = client;
        client = undefined;
        void lost?.end().catch(() => undefined);
      }
    }
    sending = undefined;
  }

  function push(...notifications: Notification[]): void {
    waiting.push(...notifications);
    sending ??= sendAll();
  }

  return {
    chunks: (hints) => push(...packChunkHints(hints).map((payload) => ({ channel: chunkChannel, payload }))),
    chatChanged: (hint) => push({ channel: chatChannel, payload: JSON.stringify(hint) }),
    stopRequested: (hint) => push({ channel: controlChannel, payload: JSON.stringify(hint) }),
    async close() {
      await sending;
      await client?.end().catch(() => undefined);
      client = undefined;
    },
  };
}

/** Says now and then that hints are skipped. Followers fall back to their poll, so nobody would notice. */
function createQueueAlert(log: Logger): (client: pg.Client, skipped: number) => Promise<void> {
  let saidAtMs = -Infinity;
  return async (client, skipped) => {
    if (performance.now() - saidAtMs < complainEveryMs) return;
    saidAtMs = performance.now();
    const { rows } = await client.query<{ usage: number }>('SELECT pg_notification_queue_usage() AS usage');
    log.warn({ usage: rows[0]?.usage, skipped }, 'the notification queue is too full, hints are skipped');
  };
}

/** @returns how many were sent */
async function notify(client: pg.Client, batch: Notification[], maxUsage: number): Promise<number> {
  const { rowCount } = await client.query({
    name: 'notify',
    text: `SELECT pg_notify(hint.channel, hint.payload)
             FROM unnest($1::text[], $2::text[]) AS hint (channel, payload)
            WHERE pg_notification_queue_usage() < $3`,
    values: [batch.map((hint) => hint.channel), batch.map((hint) => hint.payload), maxUsage],
  });
  return rowCount ?? 0;
}

/**
 * As few payloads as possible, each a JSON array of hints below the limit in bytes. A hint that is too large alone
 * goes without its chunks: its reader fetches them from the journal.
 */
export function packChunkHints(hints: ChunkHint[]): string[] {
  const payloads: string[] = [];
  let open: string[] = [];
  let openBytes = 2;
  for (const hint of hints) {
    const whole = encodeHint(hint);
    const text = Buffer.byteLength(whole) + 2 > maxPayloadBytes ? encodeHint({ ...hint, body: null }) : whole;
    const bytes = Buffer.byteLength(text) + 1;
    if (openBytes + bytes > maxPayloadBytes) {
      payloads.push(`[${open.join(',')}]`);
      open = [];
      openBytes = 2;
    }
    open.push(text);
    openBytes += bytes;
  }
  if (open.length > 0) payloads.push(`[${open.join(',')}]`);
  return payloads;
}

function encodeHint({ body, ...place }: ChunkHint): string {
  return `${JSON.stringify(place).slice(0, -1)},"body":${body ?? 'null'}}`;
}

/** What packChunkHints made, with the chunks parsed. */
export function unpackChunkHints(payload: string): Array<Omit<ChunkHint, 'body'> & { body: unknown[] | null }> {
  return JSON.parse(payload) as ReturnType<typeof unpackChunkHints>;
}
