/** A provider over real HTTP that says what a test tells it to: bytes as they are, one answer after the other. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type EventProvider = {
  /** where to ask, whatever the path */
  url: string;
  /** Resolves when the next request is here. */
  nextRequest(): Promise<{ request: IncomingMessage; response: ServerResponse }>;
  close(): Promise<void>;
};

export const eventStreamHeaders: OutgoingHttpHeaders = { 'content-type': 'text/event-stream; charset=utf-8' };

/** @param onRequest answers all requests, where the test does not await each */
export async function startEventProvider(onRequest?: RequestListener): Promise<EventProvider> {
  const server = createServer();
  if (onRequest) server.on('request', onRequest);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async nextRequest() {
      const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
      return { request, response };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
