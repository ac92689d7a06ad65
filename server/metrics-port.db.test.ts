import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { insertChat, insertRun } from '#server/testing/run-factories';
import { silentLog, useRunDatabase } from '#server/testing/run-database';
import { findFreePort } from '../scripts/port.js';
import { openMetricsPort } from './metrics-port.ts';

const HOST = '127.0.0.1';

describe('openMetricsPort', () => {
  const store = useRunDatabase();

  it('serves what the database sees, and nothing but the metrics', async () => {
    await insertRun(store.db, await insertChat(store.db), { status: 'pending' });
    const METRICS_PORT = await findFreePort();
    const port = await openMetricsPort({ env: { HOST, METRICS_PORT }, db: store.db, log: silentLog });
    onTestFinished(() => port.close());
    const get = (path: string, method = 'GET') => fetch(`http://${HOST}:${METRICS_PORT}${path}`, { method });
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).toMatch(/^holdfast_runs_active\{status="pending"\} 1$/m);
    expect(text).toMatch(/^holdfast_database_up 1$/m);
    expect((await get('/')).status).toBe(404);
    expect((await get('/metrics', 'POST')).status).toBe(404);
  });

  it('is off by default', async () => {
    const port = await openMetricsPort({ env: { HOST, METRICS_PORT: undefined }, db: store.db, log: silentLog });
    expect(port).toMatchObject({ sweepObserver: undefined, port: null });
  });

  it('says in one line that the port is taken, and the process goes on', async () => {
    const other = createServer().listen(0, HOST);
    await new Promise((resolve) => other.once('listening', resolve));
    onTestFinished(() => void other.close());
    const { port: METRICS_PORT } = other.address() as AddressInfo;
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
    const port = await openMetricsPort({ env: { HOST, METRICS_PORT }, db: store.db, log });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 50, msg: `no metrics: METRICS_PORT ${METRICS_PORT} is in use` });
    expect(port.port).toBeNull();
    port.sweepObserver?.swept('rescued', 1);
    port.close();
  });
});
