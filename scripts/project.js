import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this script belongs to, wherever it was started from. (Early Node 20 has no import.meta.dirname.) */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @param {string[]} segments
 * @returns {string} absolute path of a file of the project
 */
export function projectPath(...segments) {
  return join(projectRoot, ...segments);
}
