import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresBinaries, findPostgresOwner, runAs } from './postgres-binaries.js';
import { stopOrphanedPostmaster } from './postmaster.js';
import { Trouble, describeError } from './trouble.js';

const user = 'holdfast';
const database = 'holdfast';
/** Replaying the log after a crash takes its time. */
const startPatienceMs = 120_000;
const startAttempts = 5;

/**
 * @typedef {object} EmbeddedPostgres a running server
 * @property {string} url connection string of the database `holdfast`, as superuser
 * @property {Promise<void>} exited resolves when the server has ended, for whatever reason
 * @property {() => Promise<void>} stop fast shutdown: connections are cut, what is committed is kept
 * @property {() => void} kill immediate shutdown, not waited for; the next start replays the log
 */

/**
 * Start the PostgreSQL that comes with npm, on loopback only. The cluster is made at the first call; what an earlier
 * process left running on it is stopped.
 *
 * @param {string} directory everything lives below it: `postgres/` (the cluster), `postgres.json` (port and password,
 *   readable by its owner only), `postgres.log`
 * @param {Record<string, string>} [settings] server settings, such as `{ fsync: 'off' }`
 * @returns {Promise<EmbeddedPostgres>}
 * @throws {Trouble} when it does not start
 */
export async function startEmbeddedPostgres(directory, settings = {}) {
  const place = findPlace(directory);
  mkdirSync(place.directory, { recursive: true });
  await stopOrphanedPostmaster(place.cluster);
  const access = await prepareAccess(place);
  initialiseCluster(place, access.password);
  for (let attempt = 1; ; attempt += 1) {
    const server = launch(place, access.port, settings);
    const url = `postgresql://${user}:${access.password}@127.0.0.1:${access.port}/${database}`;
    if (await becomesReady(server, url)) {
      return { url, exited: server.exited, stop: () => stop(server), kill: () => server.child.kill('SIGQUIT') };
    }
    // Backends of a killed server hold its shared memory for a moment.
    if (attempt === startAttempts) throw new Trouble(`PostgreSQL does not start: ${readLastLogLine(place.log)}`);
    await sleep(attempt * 200);
  }
}

/** @param {string} directory */
function findPlace(directory) {
  const root = resolve(directory);
  return {
    directory: root,
    cluster: join(root, 'postgres'),
    access: join(root, 'postgres.json'),
    log: join(root, 'postgres.log'),
    binaries: findPostgresBinaries(),
    owner: findPostgresOwner(),
  };
}
/** @typedef {ReturnType<typeof findPlace>} Place */

/**
 * The port and password of earlier starts, or new ones. A port that somebody else took is given up.
 *
 * @param {Place} place
 * @returns {Promise<{ port: number, password: string }>}
 */
async function prepareAccess(place) {
  const known = existsSync(place.cluster) ? JSON.parse(readFileSync(place.access, 'utf8')) : null;
  const password = known?.password ?? randomBytes(24).toString('base64url');
  const port = (known && (await findFreePort(known.port))) || (await findFreePort(0));
  const draft = `${place.access}.new`;
  writeFileSync(draft, `${JSON.stringify({ port, password })}\n`, { mode: 0o600 });
  renameSync(draft, place.access);
  return { port, password };
}

/**
 * @param {number} port 0: any
 * @returns {Promise<number>} 0 when it is taken
 */
function findFreePort(port) {
  const server = createServer();
  return new Promise((found) => {
    server.once('error', () => found(0));
    server.listen(port, '127.0.0.1', () => {
      const address = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => found(address.port));
    });
  });
}

/**
 * Made aside and renamed, so that a cluster is whole or absent.
 *
 * @param {Place} place
 * @param {string} password
 */
function initialiseCluster(place, password) {
  if (existsSync(place.cluster)) return;
  const draft = `${place.cluster}.new`;
  const passwordFile = `${draft}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.owner) {
    for (const path of [draft, passwordFile]) chownSync(path, place.owner.uid, place.owner.gid);
  }
  try {
    runInitdb(place, draft, passwordFile);
  } finally {
    rmSync(passwordFile);
  }
  renameSync(draft, place.cluster);
}

/**
 * @param {Place} place
 * @param {string} cluster
 * @param {string} passwordFile
 */
function runInitdb(place, cluster, passwordFile) {
  // PostgreSQL's own collation: an update of the system's would quietly corrupt text indexes.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const call = runAs(place.owner, {
    program: place.binaries.initdb,
    args: [`--pgdata=${cluster}`, `--username=${user}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...locale],
    paths: [place.binaries.initdb, cluster],
  });
  const { status, stderr, error } = spawnSync(call.file, call.args, { ...call.identity, cwd: cluster, encoding: 'utf8' });
  if (status === 0) return;
  const reason = error ? describeError(error) : stderr.trim().split('\n').at(-1);
  throw new Trouble(`PostgreSQL cannot make its database in ${dirname(cluster)}: ${reason}`);
}

/**
 * @param {Place} place
 * @param {number} port
 * @param {Record<string, string>} settings
 */
function launch(place, port, settings) {
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    synchronous_commit: 'on',
    ...settings,
  };
  const call = runAs(place.owner, {
    program: place.binaries.postgres,
    args: ['-D', place.cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    paths: [place.binaries.postgres, place.cluster],
  });
  const log = openSync(place.log, 'a', 0o600);
  // Detached: Ctrl-C reaches the whole foreground group, and the database must outlive the worker.
  const child = spawn(call.file, call.args, {
    ...call.identity,
    cwd: place.cluster,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  /** @type {Promise<void>} */
  const exited = new Promise((ended) => {
    child.once('exit', () => ended()).once('error', () => ended());
  });
  const server = { child, exited, running: true };
  void exited.then(() => (server.running = false));
  return server;
}
/** @typedef {ReturnType<typeof launch>} Server */

/**
 * @param {Server} server
 * @param {string} url
 * @returns {Promise<boolean>} false when the server ended instead
 */
async function becomesReady(server, url) {
  for (let waitedMs = 0; server.running; waitedMs += 25) {
    try {
      await prepareDatabase(url);
      return true;
    } catch (error) {
      if (error instanceof Trouble || waitedMs > startPatienceMs) {
        await stop(server);
        throw error;
      }
    }
    await sleep(25);
  }
  return false;
}

/** @param {string} url */
async function prepareDatabase(url) {
  const client = new pg.Client({ connectionString: url.replace(/[^/]*$/, 'postgres') });
  // A server that goes away in the middle is seen by the query; pg also emits it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query('SELECT current_setting($1) AS mode', ['synchronous_commit']);
    if (rows[0].mode !== 'on') throw new Trouble(`synchronous_commit is ${rows[0].mode}; durable means on.`);
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (known.rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } finally {
    await client.end();
  }
}

/** @param {Server} server */
async function stop(server) {
  if (server.running) server.child.kill('SIGINT');
  await server.exited;
}

/** @param {string} path */
function readLastLogLine(path) {
  return readFileSync(path, 'utf8').trim().split('\n').at(-1) || 'it said nothing';
}
