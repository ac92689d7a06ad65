import { startTestCluster } from '#server/testing/database-cluster';
import { clusterVariable } from './stack/cluster-variable.ts';

/** One PostgreSQL for the whole run; each of Playwright's workers copies its own database from the template. */
export default async function setup(): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  process.env[clusterVariable] = cluster.url;
  return cluster.stop;
}
