/** What processes take of the machine, from Linux's /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** The unit of /proc's clocks on every Linux that Node runs on. */
const ticksPerSecond = 100;

/**
 * CPU seconds that these processes have taken so far, in user and kernel mode, with those of their children that have
 * ended. The difference of two readings counts.
 */
export function readCpuSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) / ticksPerSecond;
}

/** The process and all that it has started, theirs included. */
export function listTree(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    const text = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  });
  return [pid, ...children.flatMap(listTreeIfThere)];
}

function listTreeIfThere(pid: number): number[] {
  try {
    return listTree(pid);
  } catch {
    return [];
  }
}

/** What a session of the database took that has ended is in its parent's figures. */
function ticksOf(pid: number): number {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return 0;
  }
  // The name, in parentheses, may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number);
  return utime! + stime! + cutime! + cstime!;
}
