/** `npm run check`: the fast part of `npm test`. */
import { installProject } from './prepare-project.js';
import { runChecks, staticChecks, vitestCheck } from './run-checks.js';
import { ensureRecentNode } from './toolchain.js';
import { runCommand } from './trouble.js';

await runCommand(async () => {
  await ensureRecentNode();
  await installProject();
  const passed = await runChecks([...staticChecks, vitestCheck(['unit'])]);
  process.exit(passed ? 0 : 1);
});
