import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectPath } from './project.js';

/** @type {{ packages: Record<string, { optionalDependencies?: Record<string, string> }> }} */
const { packages } = JSON.parse(readFileSync(projectPath('package-lock.json'), 'utf8'));

describe('package-lock.json', () => {
  it('knows the packages for other platforms too: npm drops those it cannot see, and npm ci then refuses the file', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
    );
    expect(missing).toEqual([]);
  });
});

/**
 * Node's way: the folder itself, then every one above it.
 *
 * @param {string} path
 * @param {string} name
 */
function isLocked(path, name) {
  const parts = path.split('/node_modules/');
  const bases = parts.map((_part, index) => `${parts.slice(0, parts.length - index).join('/node_modules/')}/`);
  return [...bases, ''].some((base) => `${base === '/' ? '' : base}node_modules/${name}` in packages);
}
