/** `npm run worker`: one more worker, on the database that DATABASE_URL names. */
import { installProject } from './prepare-project.js';
import { loadSettingsFile } from './settings.js';
import { ensureRecentNode } from './toolchain.js';
import { Trouble, runCommand } from './trouble.js';

await runCommand(async () => {
  await ensureRecentNode();
  loadSettingsFile();
  const url = process.env.DATABASE_URL;
  if (!url) throw new Trouble('npm run worker needs DATABASE_URL: the database that the other processes use.');
  await installProject();
  const { checkDatabase } = await import('./external-database.js');
  await checkDatabase(url);
  await import('#server/worker-main');
});
