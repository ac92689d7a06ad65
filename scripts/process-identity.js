import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process began, as an opaque text that no later process with the same id shares.
 *
 * @param {number} pid
 * @returns {string | null} null when no such process lives
 */
export function readProcessStart(pid) {
  if (process.platform === 'linux') return readLinuxProcessStart(pid);
  return runPs(pid, 'lstart=');
}

/**
 * @param {number} pid
 * @returns {string | null} the command line, words parted by spaces; null when no such process lives
 */
export function readProcessCommand(pid) {
  if (process.platform !== 'linux') return runPs(pid, 'args=');
  return readIfPresent(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim() ?? null;
}

/** @param {number} pid */
function readLinuxProcessStart(pid) {
  const stat = readIfPresent(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The second field is the program's name in brackets and may itself hold brackets and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return null;
  return `${readIfPresent('/proc/sys/kernel/random/boot_id')?.trim()}/${startTicks}`;
}

/**
 * @param {number} pid
 * @param {string} column
 */
function runPs(pid, column) {
  const { status, stdout } = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : null;
}

/** @param {string} path */
function readIfPresent(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
