/** The web process: pages and API through Next, live streams through WebSockets, one port. It never executes a run. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';
import { createContentPolicy } from './content-policy.ts';
import { readEnv } from './env.ts';
import { createRequestGate, type Refusal, settleForwarding } from './request-gate.ts';
import { shareServices } from './services.ts';
import { startServices } from './start-services.ts';
import { createSocketServer } from './trpc/socket-server.ts';

/** For answers under way; streams are ended at once. */
const closePatienceMs = 2_000;
/** Whatever hangs then is left hanging. */
const exitPatienceMs = 8_000;

process.env.NEXT_TELEMETRY_DISABLED ??= '1';
const env = readEnv();
const services = await startServices(env);
const { log } = services;
shareServices(services);

const isDevelopment = env.NODE_ENV === 'development';
const refuse = createRequestGate(env);
const sockets = createSocketServer(services);
/** Next adds its own upgrade listener to the server it is given: here it hears only what we pass on. */
const nextUpgrades = createServer();
const app = next({ dev: isDevelopment, hostname: env.HOST, port: env.PORT, httpServer: nextUpgrades });
await app.prepare();
const handleByNext = app.getRequestHandler();

const openResponses = new Set<ServerResponse>();

const server = createServer((request, response) => {
  openResponses.add(response);
  response.once('close', () => openResponses.delete(response));
  const refusal = checkIn(request, false);
  if (refusal) return answerRefusal(response, refusal);
  const policy = createContentPolicy(isDevelopment);
  request.headers['content-security-policy'] = policy;
  // A file has a policy of its own, and Next does not replace what is there.
  if (!request.url?.startsWith('/api/files/')) response.setHeader('content-security-policy', policy);
  handleByNext(request, response).catch((error: unknown) => {
    log.error({ err: error, url: request.url }, 'request failed');
    response.destroy();
  });
});

server.on('upgrade', (request, socket, head) => {
  const refusal = checkIn(request, true);
  if (refusal) return refuseUpgrade(socket, refusal);
  if (request.url?.split('?')[0] === '/api/trpc') sockets.accept(request, socket, head);
  else if (!nextUpgrades.emit('upgrade', request, socket, head)) socket.destroy();
});

server.once('error', (error: NodeJS.ErrnoException) => {
  log.fatal(error.code === 'EADDRINUSE' ? `Port ${env.PORT} is in use.` : { err: error });
  process.exit(1);
});
server.listen(env.PORT, env.HOST, () => log.info({ host: env.HOST, port: env.PORT }, 'web is listening'));

// "disconnect": the supervisor is gone, however it went.
for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, () => void stop());

function checkIn(request: IncomingMessage, isUpgrade: boolean): Refusal | null {
  const trustProxy = env.TRUST_PROXY === 'on';
  settleForwarding(request.headers, { trustProxy, remoteAddress: request.socket.remoteAddress });
  return refuse({ method: request.method, url: request.url, headers: request.headers, isUpgrade });
}

function answerRefusal(response: ServerResponse, { status, message, reason }: Refusal): void {
  // Who is in the middle of sending would take a closed connection for an outage: what is too large is read and dropped.
  response.writeHead(status, { 'content-type': 'application/json', ...(status !== 413 && { connection: 'close' }) });
  response.end(JSON.stringify({ error: { message, ...(reason && { data: { reason, httpStatus: status } }) } }));
}

function refuseUpgrade(socket: Duplex, { status, message }: Refusal): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: ${message.length}\r\n\r\n${message}`);
}

function isEventStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}

let isStopping = false;

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), exitPatienceMs).unref();
  sockets.close();
  for (const response of openResponses) if (isEventStream(response)) response.destroy();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), closePatienceMs).unref();
  await closed;
  await app.close();
  await services.close();
  process.exit(0);
}
