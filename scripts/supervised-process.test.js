import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SupervisedProcess } from './supervised-process.js';

/** Says its process id to whoever listens, then does as it is told. */
const program = `
import { connect } from 'node:net';
const socket = connect(Number(process.env.SIGN_PORT), '127.0.0.1', () => socket.write(process.pid + ' '));
process.on('SIGTERM', () => process.env.STUBBORN || process.exit(0));
process.on('disconnect', () => process.exit(0));
setInterval(() => undefined, 1000);
`;

describe('SupervisedProcess', () => {
  let directory = '';
  /** @type {import('node:net').Server} */
  let signs;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'supervised-'));
    writeFileSync(join(directory, 'program.mjs'), program);
    signs = createServer().listen(0, '127.0.0.1');
    await once(signs, 'listening');
  });
  afterEach(() => {
    signs.close();
    rmSync(directory, { recursive: true });
  });

  /** @param {Record<string, string>} variables */
  const supervise = (variables = {}) => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (signs.address());
    const readEnvironment = () => ({ ...process.env, SIGN_PORT: String(port), ...variables });
    return new SupervisedProcess({ name: 'part', script: join(directory, 'program.mjs'), readEnvironment });
  };

  /** @returns {Promise<{ pid: number, gone: Promise<unknown> }>} the next process that lives */
  const nextSign = async () => {
    const [socket] = await once(signs, 'connection');
    socket.on('error', () => undefined);
    const [text] = await once(socket, 'data');
    return { pid: Number(text), gone: once(socket, 'close') };
  };

  it('starts what was killed again, and says so', async () => {
    const complaint = vi.spyOn(console, 'error').mockReturnValue();
    const part = supervise();
    void part.start();
    const first = await nextSign();
    process.kill(first.pid, 'SIGKILL');
    const second = await nextSign();
    expect(second.pid).not.toBe(first.pid);
    expect(complaint).toHaveBeenCalledWith('part ended unexpectedly (SIGKILL); starting it again in 0.1 s');
    await part.stop(5_000);
    await second.gone;
    complaint.mockRestore();
  });

  it('lets a process end by itself, and does not start it again', async () => {
    const part = supervise();
    const ended = part.start();
    await nextSign();
    await part.stop(5_000);
    expect(await ended).toBe(0);
  });

  it('kills what does not end by itself', async () => {
    const complaint = vi.spyOn(console, 'error').mockReturnValue();
    const part = supervise({ STUBBORN: '1' });
    const ended = part.start();
    await nextSign();
    await part.stop(1);
    expect(await ended).toBeNull();
    expect(complaint).toHaveBeenCalledWith('part does not stop; killing it');
    complaint.mockRestore();
  });

  it('replaces a process on request', async () => {
    const part = supervise();
    void part.start();
    const first = await nextSign();
    const [second] = await Promise.all([nextSign(), part.restart()]);
    expect(second.pid).not.toBe(first.pid);
    await part.stop(5_000);
  });
});
