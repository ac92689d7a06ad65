import { existsSync } from 'node:fs';
import { startTestCluster } from '#server/testing/database-cluster';
import { projectPath } from '../scripts/project.js';
import { clusterVariable } from './stack/cluster-variable.ts';

/** One PostgreSQL for the whole run; each of Playwright's workers copies its own database from the template. */
export default async function setup(): Promise<() => Promise<void>> {
  if (!existsSync(projectPath('.next/BUILD_ID'))) throw new Error('There is no production build: run "npx next build".');
  const cluster = await startTestCluster();
  process.env[clusterVariable] = cluster.url;
  return cluster.stop;
}
