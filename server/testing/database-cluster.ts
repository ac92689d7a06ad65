/**
 * One PostgreSQL for a whole run of tests, with a migrated template from which tests copy databases of their own.
 * By default export Vitest's global setup of the database tests (server/testing/database.ts).
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '#server/migrations';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../scripts/embedded-postgres.js';
import { readProcessStart } from '../../scripts/process-identity.js';
import { stopOrphanedPostmaster } from '../../scripts/postmaster.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** connection string of the test cluster's own database */
    clusterUrl: string;
  }
}

const prefix = 'holdfast-test-';
/** What is lost with the power is of no interest here; what is committed is still committed. */
const settings = { fsync: 'off', full_page_writes: 'off', file_copy_method: 'clone', max_connections: '500' };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  project.provide('clusterUrl', cluster.url);
  return cluster.stop;
}

/** Start one in a folder of its own, and remove what killed runs left behind. It does not outlive this process. */
export async function startTestCluster(): Promise<{ url: string; stop: () => Promise<void> }> {
  await removeLeftovers();
  const directory = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  let server: EmbeddedPostgres | null = null;
  const removeAbruptly = () => {
    server?.kill();
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', removeAbruptly);
  server = await startEmbeddedPostgres(directory, settings);
  await migrate(server.url);
  await turnIntoTemplate(server.url);
  const stop = async () => {
    process.off('exit', removeAbruptly);
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

async function turnIntoTemplate(url: string) {
  const client = new pg.Client({ connectionString: url.replace(/[^/]*$/, 'postgres') });
  await client.connect();
  await client.query('ALTER DATABASE holdfast WITH IS_TEMPLATE true ALLOW_CONNECTIONS false');
  await client.end();
}

/** Clusters of runs that were killed. */
async function removeLeftovers() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    if (readProcessStart(pid) !== null) continue;
    const directory = join(tmpdir(), name);
    await stopOrphanedPostmaster(join(directory, 'postgres'));
    rmSync(directory, { recursive: true, force: true });
  }
}
