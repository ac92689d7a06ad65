import pg from 'pg';
import { Trouble, describeError } from './trouble.js';

const oldestVersion = 150_000;

/**
 * Look whether DATABASE_URL can be used at all, before anything is started on it.
 *
 * @param {string} url
 * @throws {Trouble} one line without the password
 */
export async function checkDatabase(url) {
  const name = describeDatabase(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version");
    if (rows[0].version < oldestVersion) throw new Error('it is older than PostgreSQL 15');
  } catch (error) {
    throw new Trouble(`The database ${name} (DATABASE_URL) cannot be used: ${describeError(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * @param {string} url
 * @returns {string} such as "holdfast at db.example.com:5432"
 * @throws {Trouble} when it is no address
 */
function describeDatabase(url) {
  try {
    const { protocol, hostname, port, pathname } = new URL(url);
    if (!/^postgres(ql)?:$/.test(protocol)) throw new Error('another protocol');
    return `"${decodeURIComponent(pathname.slice(1))}" at ${hostname}:${port || 5432}`;
  } catch {
    throw new Trouble('DATABASE_URL is not an address like postgresql://user:password@host:5432/name.');
  }
}
