import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { runAs } from './postgres-binaries.js';
import { clusterUser, findPlace, initialiseCluster, prepareAccess } from './postgres-cluster.js';
import { stopOrphanedPostmaster } from './postmaster.js';
import { readProcessStart } from './process-identity.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./postgres-cluster.js').Place} Place */

const database = 'holdfast';
/** Replaying the log after a crash takes its time. */
const startPatienceMs = 120_000;
const startAttempts = 5;
const killPatienceMs = 3_000;

/**
 * @typedef {object} EmbeddedPostgres a running server
 * @property {string} url connection string of the database `holdfast`, as superuser
 * @property {Promise<void>} exited resolves when the server has ended, for whatever reason
 * @property {() => Promise<void>} stop fast shutdown: connections are cut, what is committed is kept
 * @property {() => void} kill immediate shutdown; blocks until it is gone. The next start replays the log
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
    const url = `postgresql://${clusterUser}:${access.password}@127.0.0.1:${access.port}/${database}`;
    if (await becomesReady(server, url)) {
      return { url, exited: server.exited, stop: () => stop(server), kill: () => killNow(server) };
    }
    // Backends of a killed server hold its shared memory for a moment.
    if (attempt === startAttempts) throw new Trouble(`PostgreSQL does not start: ${readLastLogLine(place.log)}`);
    await sleep(attempt * 200);
  }
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

/**
 * Without an event loop, so that a process can call it while it exits.
 *
 * @param {Server} server
 */
function killNow({ child }) {
  child.kill('SIGQUIT');
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; waitedMs < killPatienceMs; waitedMs += 10) {
    if (!child.pid || readProcessStart(child.pid) === null) return;
    Atomics.wait(nobody, 0, 0, 10);
  }
}

/** @param {string} path */
function readLastLogLine(path) {
  return readFileSync(path, 'utf8').trim().split('\n').at(-1) || 'it said nothing';
}
