import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';

export type TestDatabase = {
  /** connection string, superuser */
  url: string;
  /** end every connection to it and remove it */
  drop(): Promise<void>;
};

/** A database of one's own: migrated, empty, on the cluster of this test run. Only for `*.db.test.ts`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await queryCluster(`CREATE DATABASE ${name} TEMPLATE holdfast STRATEGY file_copy`);
  return {
    url: inject('clusterUrl').replace(/[^/]*$/, name),
    drop: () => queryCluster(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/**
 * A fresh database for the tests of the surrounding `describe`, shared by them and removed after them.
 *
 * @returns its connection string, readable from inside hooks and tests
 */
export function useTestDatabase(): { readonly url: string } {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());
  return {
    get url() {
      if (!database) throw new Error('the test database exists only inside hooks and tests');
      return database.url;
    },
  };
}

async function queryCluster(sql: string) {
  const client = new pg.Client({ connectionString: inject('clusterUrl').replace(/[^/]*$/, 'postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
