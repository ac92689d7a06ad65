import { readFileSync } from 'node:fs';

/** What a process holds in memory, megabytes (VmRSS of Linux). @throws elsewhere, or when there is no such process */
export function readMemory(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return Number(kilobytes) / 1024;
}

export type MemoryWatch = {
  /** the most that was seen so far, megabytes */
  readonly most: number;
  close(): void;
};

/** Look ten times a second until closed. */
export function watchMemory(pid: number): MemoryWatch {
  let most = readMemory(pid);
  const timer = setInterval(() => (most = Math.max(most, readMemory(pid))), 100);
  return {
    get most() {
      return most;
    },
    close: () => clearInterval(timer),
  };
}
