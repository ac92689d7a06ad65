import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectPath } from './project.js';

/** Set by scripts, never by people. */
const internal = ['NODE_ENV', 'BENCH_FLOOR'];
/** Read by the tests alone. */
const ofTests = ['CHROMIUM_PATH'];

describe('.env.example', () => {
  it('documents every variable that the environment is read for, and no other', () => {
    const read = findNames('server/env.ts', /^ {2}([A-Z][A-Z_]+):/gm).filter((name) => !internal.includes(name));
    expect(new Set(findNames('.env.example', /^#([A-Z][A-Z_]+)=/gm))).toEqual(new Set([...read, ...ofTests]));
  });
});

/**
 * @param {string} path
 * @param {RegExp} pattern
 */
function findNames(path, pattern) {
  return [...readFileSync(projectPath(path), 'utf8').matchAll(pattern)].map(([, name]) => String(name));
}
