import { defineConfig } from 'vitest/config';

const databaseTests = ['{domain,server,scripts}/**/*.db.test.{ts,js}'];
const setupFiles = ['server/testing/expect-silent-console.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,bench,components,domain,server,scripts}/**/*.test.{ts,tsx,js}'],
          exclude: databaseTests,
          setupFiles,
        },
      },
      {
        test: {
          name: 'database',
          include: databaseTests,
          globalSetup: ['server/testing/database-cluster.ts'],
          setupFiles,
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
    ],
  },
});
