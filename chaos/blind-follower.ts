import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '#server/testing/api-client';

/** How fast a client takes what comes: as fast as it can, or a byte a second. */
export type Pace = 'quick' | 'slow';

export type BlindFollower = {
  /** Read on as fast as it goes: whether the server has given this follower up. */
  isGivenUp(): Promise<boolean>;
  close(): void;
};

const byteEveryMs = 1_000;
/** What is still on its way takes less. */
const drainedAfterMs = 3_000;

/** Follows a chat over a bare connection, and keeps nothing of what it reads. */
export function followBlindly(api: Api, chatId: string, { by, pace }: { by: 'socket' | 'events'; pace: Pace }): BlindFollower {
  const { hostname, port } = new URL(api.origin);
  const [oneByte, many] = [Buffer.alloc(1), Buffer.alloc(65_536)];
  let isSlow = pace === 'slow';
  let timer: NodeJS.Timeout | undefined;
  const onread = {
    buffer: () => (isSlow ? oneByte : many),
    callback: () => {
      if (isSlow) timer = setTimeout(() => socket.resume(), byteEveryMs);
      return !isSlow;
    },
  };
  const socket = net.connect({ host: hostname, port: Number(port), onread });
  const ended = new Promise<true>((end) => socket.once('end', () => end(true)).once('close', () => end(true)));
  socket.on('error', () => undefined);
  for (const bytes of by === 'socket' ? socketRequest(api, chatId) : eventsRequest(api, chatId)) socket.write(bytes);
  return {
    async isGivenUp() {
      isSlow = false;
      socket.resume();
      return Promise.race([ended, pause(drainedAfterMs, false)]);
    },
    close() {
      clearTimeout(timer);
      socket.destroy();
    },
  };
}

function eventsRequest({ origin, cookie }: Api, chatId: string): string[] {
  const input = encodeURIComponent(JSON.stringify({ chatId }));
  return request(`/api/trpc/run.follow?input=${input}`, { origin, cookie, accept: 'text/event-stream' });
}

/** The subscription follows the upgrade at once: a server that accepts it reads on. */
function socketRequest({ origin, cookie }: Api, chatId: string): (string | Buffer)[] {
  const upgrade = { upgrade: 'websocket', connection: 'Upgrade', 'sec-websocket-version': '13' };
  const key = Buffer.alloc(16).toString('base64');
  const params = { path: 'run.follow', input: { chatId } };
  const subscription = { id: 1, jsonrpc: '2.0', method: 'subscription', params };
  return [
    ...request('/api/trpc', { origin, cookie, ...upgrade, 'sec-websocket-key': key }),
    textFrame(JSON.stringify(subscription)),
  ];
}

function request(path: string, { origin, ...headers }: { origin: string; [name: string]: string }): string[] {
  const lines = Object.entries({ host: new URL(origin).host, origin, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`];
}

/** A whole text message of 126 to 65,535 bytes, masked with zeros. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.from([0x81, 0x80 | 126, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
