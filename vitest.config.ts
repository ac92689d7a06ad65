import { defineConfig } from 'vitest/config';

const databaseTests = ['{domain,server,scripts}/**/*.db.test.{ts,js}'];
const shared = {
  setupFiles: ['server/testing/expect-silent-console.ts'],
  // A bound for what hangs, not a measure: machines that run tests are busy.
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,bench,chaos,components,domain,server,scripts}/**/*.test.{ts,tsx,js}'],
          exclude: databaseTests,
          ...shared,
        },
      },
      {
        test: {
          name: 'database',
          include: databaseTests,
          globalSetup: ['server/testing/database-cluster.ts'],
          ...shared,
        },
      },
    ],
  },
});
