/** `npm test`: everything that must hold. */
import { buildProject, installProject } from './prepare-project.js';
import { chaosCheck, playwrightCheck, runChecks, staticChecks, vitestCheck } from './run-checks.js';
import { ensureRecentNode } from './toolchain.js';
import { runCommand } from './trouble.js';

await runCommand(async () => {
  await ensureRecentNode();
  await installProject();
  const { findBrowser } = await import('./find-browser.js');
  const browser = await findBrowser();
  const build = { title: 'production build', run: async () => (await buildProject(), 0) };
  const passed = await runChecks([...staticChecks, vitestCheck(['unit', 'database']), build, playwrightCheck(browser), chaosCheck()]);
  process.exit(passed ? 0 : 1);
});
