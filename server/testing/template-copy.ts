import { randomUUID } from 'node:crypto';
import pg from 'pg';

export type TestDatabase = {
  /** connection string, superuser */
  url: string;
  /** end every connection to it and remove it */
  drop(): Promise<void>;
};

/** A migrated, empty database on the cluster of startTestCluster. */
export async function copyTemplate(clusterUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await queryCluster(clusterUrl, `CREATE DATABASE ${name} TEMPLATE holdfast STRATEGY file_copy`);
  return {
    url: clusterUrl.replace(/[^/]*$/, name),
    drop: () => queryCluster(clusterUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function queryCluster(clusterUrl: string, sql: string) {
  const client = new pg.Client({ connectionString: clusterUrl.replace(/[^/]*$/, 'postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
