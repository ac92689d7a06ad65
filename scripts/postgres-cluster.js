import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { findPostgresBinaries, findPostgresOwner, runAs } from './postgres-binaries.js';
import { Trouble, describeError } from './trouble.js';

/** The superuser of every cluster of ours. */
export const clusterUser = 'holdfast';

/**
 * What belongs to an embedded server, all of it below one folder.
 *
 * @param {string} directory
 */
export function findPlace(directory) {
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
export async function prepareAccess(place) {
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
 * Make the cluster where there is none: aside, and renamed, so that it is whole or absent.
 *
 * @param {Place} place
 * @param {string} password
 */
export function initialiseCluster(place, password) {
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
  const access = [`--username=${clusterUser}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const call = runAs(place.owner, {
    program: place.binaries.initdb,
    args: [`--pgdata=${cluster}`, ...access, ...locale],
    paths: [place.binaries.initdb, cluster],
  });
  const options = /** @type {const} */ ({ ...call.identity, cwd: cluster, encoding: 'utf8' });
  const { status, stderr, error } = spawnSync(call.file, call.args, options);
  if (status === 0) return;
  const reason = error ? describeError(error) : stderr.trim().split('\n').at(-1);
  throw new Trouble(`PostgreSQL cannot make its database in ${dirname(cluster)}: ${reason}`);
}
