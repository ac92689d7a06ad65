import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readProcessCommand, readProcessStart } from './process-identity.js';
import { Trouble } from './trouble.js';

const fastStopMs = 10_000;
const immediateStopMs = 5_000;

/**
 * Stop the PostgreSQL that a killed supervisor left behind on this cluster, and remove what it wrote about itself.
 * Call it only while holding the lock of the data folder.
 *
 * @param {string} clusterDirectory
 * @returns {Promise<number | null>} the process that was stopped; null when there was none
 * @throws {Trouble} when it cannot be stopped
 */
export async function stopOrphanedPostmaster(clusterDirectory) {
  const pid = findPostmaster(clusterDirectory);
  if (pid !== null && !(await stopProcess(pid))) {
    throw new Trouble(`A PostgreSQL left over from an earlier start (process ${pid}) does not stop: end it first.`);
  }
  // PostgreSQL refuses to start while the process id in a stale file belongs to anybody.
  rmSync(join(clusterDirectory, 'postmaster.pid'), { force: true });
  return pid;
}

/**
 * @param {string} clusterDirectory
 * @returns {number | null} the living server of this very cluster
 */
function findPostmaster(clusterDirectory) {
  const [pidLine, directory] = readPidFile(clusterDirectory);
  const pid = Number(pidLine);
  // A copied cluster carries the pid file of the original.
  if (!pid || !directory || realPath(directory) !== realPath(clusterDirectory)) return null;
  const command = readProcessStart(pid) === null ? null : readProcessCommand(pid);
  return command?.includes('postgres') && command.includes(directory) ? pid : null;
}

/** @param {string} clusterDirectory */
function readPidFile(clusterDirectory) {
  try {
    return readFileSync(join(clusterDirectory, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** @param {string} path */
function realPath(path) {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * @param {number} pid
 * @returns {Promise<boolean>} whether it is gone
 */
async function stopProcess(pid) {
  const start = readProcessStart(pid);
  /** @type {[NodeJS.Signals, number][]} */
  const attempts = [
    ['SIGINT', fastStopMs],
    ['SIGQUIT', immediateStopMs],
  ];
  for (const [signal, patienceMs] of attempts) {
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 20) {
      if (readProcessStart(pid) !== start) return true;
      await sleep(20);
    }
  }
  return false;
}
