import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { readProcessStart } from './process-identity.js';

const settings = { fsync: 'off' };

describe('startEmbeddedPostgres', () => {
  let directory = '';

  beforeEach(() => {
    // Named like the test cluster's, so that the next run removes what an interrupted one leaves.
    directory = mkdtempSync(join(tmpdir(), `holdfast-test-${process.pid}-`));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const readPid = () => Number(readFileSync(join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

  /** @param {string} url @param {string} sql */
  const query = async (url, sql) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('keeps data, port and password from one start to the next', async () => {
    const first = await startEmbeddedPostgres(directory, settings);
    await query(first.url, 'CREATE TABLE kept ()');
    await first.stop();
    const second = await startEmbeddedPostgres(directory, settings);
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'SELECT FROM kept')).toEqual([]);
    await second.stop();
  });

  it('keeps the password to its owner, and lets nobody in without it', async () => {
    const server = await startEmbeddedPostgres(directory, settings);
    expect(statSync(join(directory, 'postgres.json')).mode & 0o777).toBe(0o600);
    const withoutPassword = server.url.replace(/:[^:@]*@/, ':wrong@');
    await expect(query(withoutPassword, 'SELECT 1')).rejects.toThrow('password authentication failed');
    await server.stop();
  });

  it('stops the server that a killed process left behind, and takes up its data', async () => {
    const script = `
      import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded-postgres.js'))};
      console.log((await startEmbeddedPostgres(process.argv[1], { fsync: 'off' })).url);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script, directory], { stdio: 'pipe' });
    const [url] = await once(other.stdout, 'data');
    await query(String(url).trim(), 'CREATE TABLE kept ()');
    other.kill('SIGKILL');
    await once(other, 'exit');
    const orphan = readPid();
    expect(readProcessStart(orphan)).not.toBeNull();

    const server = await startEmbeddedPostgres(directory, settings);
    expect(readProcessStart(orphan)).toBeNull();
    expect(await query(server.url, 'SELECT FROM kept')).toEqual([]);
    await server.stop();
  });

  it('starts after a crash whose process id belongs to another process by now, and leaves that one alone', async () => {
    const first = await startEmbeddedPostgres(directory, settings);
    const pidFile = join(directory, 'postgres/postmaster.pid');
    const content = readFileSync(pidFile, 'utf8').split('\n');
    first.kill();
    await first.exited;
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    writeFileSync(pidFile, [bystander.pid, ...content.slice(1)].join('\n'));

    const second = await startEmbeddedPostgres(directory, settings);
    expect(bystander.exitCode).toBeNull();
    expect(readPid()).not.toBe(bystander.pid);
    await second.stop();
    bystander.kill();
  });

  it('tells when it has ended without being asked', async () => {
    const server = await startEmbeddedPostgres(directory, settings);
    process.kill(readPid(), 'SIGKILL');
    await server.exited;
    const next = await startEmbeddedPostgres(directory, settings);
    await next.stop();
  });
});
