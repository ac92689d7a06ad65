import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { decideRestart } from './restart-delay.js';
import { describeError } from './trouble.js';

/**
 * @typedef {object} SupervisedDatabase
 * @property {() => string} readUrl
 * @property {() => Promise<void>} stop
 * @property {() => void} kill
 */

/**
 * The embedded database, started again whenever it ends.
 *
 * @param {string} directory
 * @param {() => Promise<void>} onMoved called when it came back under another address, since its port was taken
 * @returns {Promise<SupervisedDatabase>}
 * @throws {Trouble} when the first start fails
 */
export async function superviseDatabase(directory, onMoved) {
  let server = await startEmbeddedPostgres(directory);
  let stopping = false;

  const restart = async () => {
    const { url } = server;
    try {
      server = await startEmbeddedPostgres(directory);
      if (server.url !== url) await onMoved();
    } catch (error) {
      console.error(describeError(error));
    }
  };

  const keepAlive = async () => {
    for (let deaths = 0; ;) {
      const startedAt = performance.now();
      await server.exited;
      if (stopping) return;
      const { delayMs, earlyDeaths } = decideRestart(deaths, performance.now() - startedAt);
      deaths = earlyDeaths;
      console.error(`database ended unexpectedly; starting it again in ${delayMs / 1000} s`);
      await sleep(delayMs);
      if (stopping) return;
      await restart();
      if (stopping) await server.stop();
    }
  };
  const ended = keepAlive();

  return {
    readUrl: () => server.url,
    async stop() {
      stopping = true;
      await server.stop();
      await ended;
    },
    kill() {
      stopping = true;
      server.kill();
    },
  };
}
