/** `npm run screenshots`: every scene of the page in both themes and widths, to look at. Words after it pick scenes. */
import { buildProject, installProject } from './prepare-project.js';
import { runTool } from './run-checks.js';
import { ensureRecentNode } from './toolchain.js';
import { runCommand } from './trouble.js';

await runCommand(async () => {
  await ensureRecentNode();
  await installProject();
  const { findBrowser } = await import('./find-browser.js');
  const variables = { CHROMIUM_PATH: await findBrowser() };
  await buildProject();
  const picked = process.argv.slice(2).flatMap((name) => ['--grep', name]);
  const args = ['test', '--config', 'playwright.screenshots.config.ts', ...picked];
  const code = await runTool('@playwright/test/cli.js', args, variables);
  if (code === 0) console.log('The pictures are in test-results/screenshots.');
  process.exit(code);
});
