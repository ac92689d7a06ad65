import { defineConfig } from '@playwright/test';
import { browserArguments } from './scripts/browser-arguments.js';
import { findBrowser } from './scripts/find-browser.js';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/global-setup.ts',
  workers: 2,
  retries: 0,
  timeout: 45_000,
  expect: { timeout: 15_000 },
  // scripts/run-checks.js counts by the file.
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: {
      executablePath: await findBrowser(),
      args: browserArguments,
    },
  },
});
