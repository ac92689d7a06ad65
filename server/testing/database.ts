import { afterAll, beforeAll, inject } from 'vitest';
import { copyTemplate, type TestDatabase } from './template-copy.ts';

/** A database of one's own: migrated, empty, on the cluster of this test run. Only for `*.db.test.ts`. */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyTemplate(inject('clusterUrl'));
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
