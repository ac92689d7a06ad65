/** `npm run chaos`: break an installation made for it in every way, and print what held. */
import { lockDataDirectory } from './data-lock.js';
import { buildProject, installProject } from './prepare-project.js';
import { projectPath } from './project.js';
import { ensureRecentNode } from './toolchain.js';
import { runCommand } from './trouble.js';

await runCommand(async () => {
  await ensureRecentNode();
  const directory = projectPath('.cache', 'chaos');
  const { release } = lockDataDirectory(directory);
  await installProject();
  await buildProject();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  const { readChaosOptions } = await import('../chaos/chaos-options.ts');
  const { runChaos } = await import('../chaos/chaos.ts');
  const places = { directory: `${directory}/database`, report: projectPath('test-results', 'chaos.json') };
  const passed = await runChaos(readChaosOptions(process.argv.slice(2)), places);
  release();
  process.exit(passed ? 0 : 1);
});
