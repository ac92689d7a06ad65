import { lockDataDirectory } from './data-lock.js';
import { installProject } from './prepare-project.js';
import { loadSettingsFile, readDataDirectory } from './settings.js';
import { ensureRecentNode } from './toolchain.js';
import { runCommand } from './trouble.js';

/**
 * From whatever there is to everything running, until somebody stops it; then end the process.
 *
 * @param {{ development: boolean }} mode
 */
export async function launch({ development }) {
  await runCommand(async () => {
    await ensureRecentNode();
    loadSettingsFile();
    const { release, tookOver } = lockDataDirectory(readDataDirectory());
    await installProject();
    // Only now are the packages there that it needs.
    const { supervise } = await import('./supervise.js');
    await supervise({ development, tookOver });
    release();
    process.exit(0);
  });
}
