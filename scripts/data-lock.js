import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProcessStart } from './process-identity.js';
import { Trouble } from './trouble.js';

/**
 * Take a data folder for this process. The lock of a process that is gone counts for nothing, also when its process
 * id has come to belong to another.
 *
 * @param {string} directory made when absent
 * @returns {{ release: () => void, tookOver: boolean }} tookOver: from a process that was killed, and may have left
 *   others behind
 * @throws {Trouble} when a living process has it
 */
export function lockDataDirectory(directory) {
  mkdirSync(directory, { recursive: true });
  const lock = join(directory, 'holdfast.lock');
  const draft = `${lock}.${process.pid}`;
  const mine = JSON.stringify({ pid: process.pid, start: readProcessStart(process.pid) });
  writeFileSync(draft, mine);
  let tookOver = false;
  try {
    while (!tryLink(draft, lock)) {
      removeStaleLock(lock, directory);
      tookOver = true;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const release = () => {
    if (readLock(lock) === mine) rmSync(lock, { force: true });
  };
  return { release, tookOver };
}

/**
 * A link appears whole or not at all, and only where there was nothing.
 *
 * @param {string} draft
 * @param {string} lock
 */
function tryLink(draft, lock) {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} lock
 * @param {string} directory
 */
function removeStaleLock(lock, directory) {
  const found = readLock(lock);
  if (found === null) return;
  const holder = findHolder(found);
  if (holder !== null) {
    const advice = 'stop it first, or set DATA_DIR to another folder';
    throw new Trouble(`Holdfast already runs on the data folder ${directory} (process ${holder}): ${advice}.`);
  }
  // Two starts may see the same stale lock; whoever moved away a fresh one puts it back.
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return;
    throw error;
  }
  if (readLock(aside) !== found) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

/**
 * @param {string} content
 * @returns {number | null} the living process that holds the lock
 */
function findHolder(content) {
  try {
    const { pid, start } = JSON.parse(content);
    return start !== null && readProcessStart(pid) === start ? pid : null;
  } catch {
    return null;
  }
}

/** @param {string} path */
function readLock(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
