import { join } from 'node:path';
import { migrate } from '#server/migrations';
import { readOrMakeSecret } from './secret.js';
import { readDataDirectory } from './settings.js';
import { superviseDatabase } from './supervised-database.js';
import { Trouble, describeError } from './trouble.js';

/**
 * @typedef {object} Database
 * @property {() => { DATABASE_URL: string, AUTH_SECRET?: string }} readVariables what web and worker must know of it
 * @property {() => Promise<void>} stop
 * @property {() => void} kill
 */

/**
 * The database that DATABASE_URL names, or the embedded one.
 *
 * @param {() => Promise<void>} onMoved called when the embedded one came back under another address
 * @returns {Promise<Database>}
 * @throws {Trouble}
 */
export async function startDatabase(onMoved) {
  const url = process.env.DATABASE_URL;
  if (url) {
    return { readVariables: () => ({ DATABASE_URL: url }), stop: async () => undefined, kill: () => undefined };
  }
  const directory = readDataDirectory();
  const server = await superviseDatabase(join(directory, 'database'), onMoved);
  const AUTH_SECRET = process.env.AUTH_SECRET || readOrMakeSecret(directory);
  return {
    readVariables: () => ({ DATABASE_URL: server.readUrl(), AUTH_SECRET }),
    stop: server.stop,
    kill: server.kill,
  };
}

/**
 * Bring the database up to date.
 *
 * @param {string} url
 * @throws {Trouble}
 */
export async function migrateDatabase(url) {
  try {
    const applied = await migrate(url);
    if (applied.length > 0) console.log(`Database brought up to date (${applied.join(', ')})`);
  } catch (error) {
    throw new Trouble(`The database could not be brought up to date: ${describeError(error)}`);
  }
}
