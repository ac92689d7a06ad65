import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Trouble } from './trouble.js';

const patienceMs = 120_000;

/**
 * Wait until the web process says that everything works: itself, the database, a worker.
 *
 * @param {{ host: string, port: number, name: string }} address name: the Host header that it accepts
 * @param {AbortSignal} signal
 * @throws {Trouble} when it takes too long
 */
export async function waitUntilHealthy(address, signal) {
  const deadline = performance.now() + patienceMs;
  while ((await readStatus(address)) !== 'ok') {
    if (performance.now() > deadline) {
      throw new Trouble(`Not ready after ${patienceMs / 1000} s; what web and worker said is above.`);
    }
    await sleep(50, undefined, { signal });
  }
}

/**
 * @param {{ host: string, port: number, name: string }} address
 * @returns {Promise<string | null>} the status of /api/health; null while it does not answer
 */
function readStatus({ host, port, name }) {
  // Who listens everywhere is reached on loopback.
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return new Promise((answer) => {
    const options = { host: reachable, port, path: '/api/health', headers: { host: name }, timeout: 5_000 };
    const request = get(options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (body += chunk)).on('error', () => answer(null));
      response.on('end', () => answer(/"status"\s*:\s*"(\w+)"/.exec(body)?.[1] ?? null));
    });
    request.on('timeout', () => request.destroy()).on('error', () => answer(null));
  });
}
