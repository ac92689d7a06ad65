import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDirectory } from './data-lock.js';
import { projectPath } from './project.js';

const AUTH_SECRET = 'a secret of more than thirty-two characters';

describe('launch', () => {
  let directory = '';
  /** @type {import('node:net').Server} */
  let listener;
  let takenPort = '';

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'launch-'));
    listener = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    takenPort = String(/** @type {import('node:net').AddressInfo} */ (listener.address()).port);
  });
  afterEach(() => {
    listener.close();
    rmSync(directory, { recursive: true });
  });

  /**
   * @param {string} script
   * @param {Record<string, string>} variables
   * @returns {Promise<{ code: number, said: string }>}
   */
  const run = async (script, variables) => {
    const settings = { DATABASE_URL: '', AUTH_SECRET: '', HOST: '', PORT: '', DATA_DIR: directory, ...variables };
    const child = spawn(process.execPath, [projectPath('scripts', script)], { env: { ...process.env, ...settings } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    const [code] = await once(child, 'close');
    return { code, said };
  };

  it('says that another instance has the data folder', async () => {
    const { release } = lockDataDirectory(directory);
    const advice = 'stop it first, or set DATA_DIR to another folder.';
    expect(await run('start.js', {})).toEqual({
      code: 1,
      said: `Holdfast already runs on the data folder ${directory} (process ${process.pid}): ${advice}\n`,
    });
    release();
  });

  it('names a port that is in use', async () => {
    expect(await run('start.js', { PORT: takenPort })).toEqual({
      code: 1,
      said: `Port ${takenPort} is in use: stop what listens there, or set PORT to another.\n`,
    });
  });

  it('says in one line, without the password, that the database cannot be reached', async () => {
    const DATABASE_URL = `postgresql://somebody:hunter2@127.0.0.1:${takenPort}/chats`;
    const { code, said } = await run('start.js', { DATABASE_URL, AUTH_SECRET, PORT: '39871' });
    expect(code).toBe(1);
    expect(said).toMatch(/^The database "chats" at 127\.0\.0\.1:\d+ \(DATABASE_URL\) cannot be used: [^\n]+\n$/);
    expect(said).not.toContain('hunter2');
  });

  it('asks for AUTH_SECRET beside a database of one’s own', async () => {
    const { code, said } = await run('start.js', { DATABASE_URL: 'postgresql://somebody:hunter2@127.0.0.1/chats' });
    expect(code).toBe(1);
    expect(said).toMatch(/^DATABASE_URL needs AUTH_SECRET beside it[^\n]+\n$/);
  });

  it('names a variable that is wrong', async () => {
    const said = expect.stringContaining('LOG_LEVEL: ');
    expect(await run('start.js', { LOG_LEVEL: 'loud' })).toMatchObject({ code: 1, said });
  });

  it('starts no lone worker without DATABASE_URL', async () => {
    const { code, said } = await run('worker.js', {});
    expect(code).toBe(1);
    expect(said).toMatch(/^npm run worker needs DATABASE_URL[^\n]+\n$/);
  });
});
