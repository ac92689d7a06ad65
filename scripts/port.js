import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Trouble } from './trouble.js';

/**
 * @param {{ host: string, port: number }} address
 * @param {number} patienceMs how long to wait for whoever still listens there
 * @returns {Promise<void>} resolves when one may listen there
 * @throws {Trouble} naming the port
 */
export async function checkPort(address, patienceMs) {
  for (let waitedMs = 0; ; waitedMs += 100) {
    const error = await tryPort(address);
    if (!error) return;
    if (error.code !== 'EADDRINUSE' || waitedMs >= patienceMs) throw new Trouble(explain(error, address));
    await sleep(100);
  }
}

/** @returns {Promise<number>} a loopback port that nobody listens on right now */
export async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * @param {{ host: string, port: number }} address
 * @returns {Promise<NodeJS.ErrnoException | null>}
 */
function tryPort({ host, port }) {
  const server = createServer();
  return new Promise((answer) => {
    server.once('error', answer);
    server.listen(port, host, () => server.close(() => answer(null)));
  });
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {{ host: string, port: number }} address
 */
function explain(error, { host, port }) {
  if (error.code === 'EADDRINUSE') return `Port ${port} is in use: stop what listens there, or set PORT to another.`;
  if (error.code === 'EACCES') return `Port ${port} is not open to this user: set PORT to one above 1023.`;
  return `Cannot listen on ${host} port ${port}: ${error.message}`;
}
