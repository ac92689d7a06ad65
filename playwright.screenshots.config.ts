import config from './playwright.config.ts';

/** For `npm run screenshots`: e2e/scenes/take-pictures.ts, which is no test. */
export default { ...config, testMatch: 'scenes/take-pictures.ts', outputDir: 'test-results/screenshots-run', reporter: 'list' };
