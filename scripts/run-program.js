import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { projectRoot } from './project.js';

/**
 * Run a program in the project to its end, in front of the person who waits for it.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ variables?: Record<string, string>, quiet?: boolean, signal?: AbortSignal }} [options] variables: added to
 *   the environment; quiet: what it says is shown only when it fails; signal: ends it early
 * @returns {Promise<number>} its exit code; 1 when it was killed or could not start
 */
export function runProgram(file, args, { variables = {}, quiet = false, signal } = {}) {
  const output = quiet ? 'pipe' : 'inherit';
  const child = spawn(file, args, {
    cwd: projectRoot,
    stdio: ['inherit', output, output],
    env: { ...process.env, ...variables },
    signal,
  });
  /** @type {Buffer[]} */
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
  return new Promise((end) => {
    child.once('error', () => end(1));
    child.once('close', (code) => {
      if (code !== 0 && !signal?.aborted) process.stderr.write(Buffer.concat(said));
      end(code ?? 1);
    });
  });
}

/**
 * Run npm under our own Node, whichever Node the machine's npm would take. What it says is shown only when it fails.
 *
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export function runNpm(args) {
  const variables = { PATH: pathWith(process.execPath), npm_config_loglevel: 'error' };
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return runProgram(process.execPath, [npm, ...args], { variables, quiet: true });
  return runProgram('npm', args, { variables, quiet: true });
}

/**
 * @param {string} node a Node program
 * @returns {string} a PATH on which `node` is that program
 */
export function pathWith(node) {
  return [dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
}
