import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a set of files says, as one hash: names and contents, in a fixed order. What does not exist is left out.
 *
 * @param {string} root
 * @param {string[]} paths files and folders below it; of folders, everything but tests and what tests use
 * @returns {string} hexadecimal
 */
export function hashSources(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((entry) => listFiles(root, entry)).toSorted()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(root, path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [path];
  return readdirSync(join(root, path))
    .filter((name) => name !== 'testing' && !/\.test\.[jt]sx?$/.test(name))
    .flatMap((name) => listFiles(root, `${path}/${name}`));
}
