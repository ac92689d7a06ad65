import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDirectory } from './data-lock.js';
import { readProcessStart } from './process-identity.js';

describe('lockDataDirectory', () => {
  let directory = '';

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'data-lock-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** @param {object | string} content */
  const leaveLock = (content) => {
    writeFileSync(join(directory, 'holdfast.lock'), typeof content === 'string' ? content : JSON.stringify(content));
  };

  it('refuses a second holder, and names the first', () => {
    const { release, tookOver } = lockDataDirectory(directory);
    expect(tookOver).toBe(false);
    expect(() => lockDataDirectory(directory)).toThrow(`(process ${process.pid})`);
    release();
    lockDataDirectory(directory).release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('takes over the lock of a process that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    const pid = child.pid ?? 0;
    leaveLock({ pid, start: readProcessStart(pid) });
    expect(() => lockDataDirectory(directory)).toThrow(`(process ${pid})`);
    child.kill('SIGKILL');
    await new Promise((end) => child.once('exit', end));
    expect(lockDataDirectory(directory).tookOver).toBe(true);
  });

  it('takes over a lock whose process id belongs to another process by now', () => {
    leaveLock({ pid: process.pid, start: 'an earlier boot/1' });
    expect(lockDataDirectory(directory).tookOver).toBe(true);
  });

  it('takes over a lock that is cut off', () => {
    leaveLock('{"pid":');
    expect(lockDataDirectory(directory).tookOver).toBe(true);
  });
});
