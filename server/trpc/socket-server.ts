/** /api/trpc over WebSocket, on the web server's own port. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import { maxBodyBytes } from '#server/request-gate';
import type { Services } from '#server/services';
import { createSocketContext } from './context.ts';
import { socketKeepAlive } from './live-options.ts';
import { reportError } from './report-error.ts';
import { appRouter } from './router.ts';

/** A reader slower than this is cut off rather than remembered; it resumes by its cursor. */
const maxBufferedBytes = 16_777_216;
const checkEveryMs = 1_000;
/** The close code with which a WebSocket server says that it restarts. */
const serviceRestart = 1012;

export type SocketServer = {
  /** Take over a connection whose upgrade request was let in. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ask everybody to come back, here or to another process. */
  close(): void;
};

export function createSocketServer(services: Services): SocketServer {
  const wss = new WebSocketServer({ noServer: true, maxPayload: maxBodyBytes });
  applyWSSHandler({
    wss,
    router: appRouter,
    keepAlive: socketKeepAlive,
    createContext: ({ req }) => createSocketContext(services, toHeaders(req)),
    onError: reportError(services.log),
  });
  const watch = setInterval(() => {
    for (const client of wss.clients) if (client.bufferedAmount > maxBufferedBytes) client.terminate();
  }, checkEveryMs);
  return {
    accept(request, socket, head) {
      wss.handleUpgrade(request, socket, head, (client) => wss.emit('connection', client, request));
    },
    close() {
      clearInterval(watch);
      for (const client of wss.clients) client.close(serviceRestart);
      wss.close();
    },
  };
}

function toHeaders({ headers }: IncomingMessage): Headers {
  const { cookie } = headers;
  return new Headers(cookie === undefined ? {} : { cookie });
}
