import { createServer } from 'node:net';
import { Trouble } from './trouble.js';

/**
 * @param {{ host: string, port: number }} address
 * @returns {Promise<void>} resolves when one may listen there
 * @throws {Trouble} naming the port
 */
export function checkPort({ host, port }) {
  const server = createServer();
  return new Promise((free, fail) => {
    server.once('error', (error) => fail(new Trouble(explain(error, { host, port }))));
    server.listen(port, host, () => server.close(() => free()));
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
