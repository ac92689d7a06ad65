/** `npm run bench`: measure an installation made for it, and print a table. */
import { lockDataDirectory } from './data-lock.js';
import { buildProject, installProject } from './prepare-project.js';
import { projectPath } from './project.js';
import { ensureRecentNode } from './toolchain.js';
import { runCommand } from './trouble.js';

await runCommand(async () => {
  await ensureRecentNode();
  const directory = projectPath('.cache', 'bench');
  const { release } = lockDataDirectory(directory);
  await installProject();
  await buildProject();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  const { readBenchOptions } = await import('../bench/bench-options.ts');
  const { runBench } = await import('../bench/bench.ts');
  const places = { directory: `${directory}/database`, report: projectPath('test-results', 'bench.json') };
  await runBench(readBenchOptions(process.argv.slice(2)), places);
  release();
  process.exit(0);
});
