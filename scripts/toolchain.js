import { spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findNodePackage, isNodeRecentEnough } from './node-version.js';
import { projectPath } from './project.js';
import { pathWith, runNpm } from './run-program.js';
import { Trouble } from './trouble.js';

/**
 * Go on under a Node that is recent enough. When this one is not, the same command is run once more under one from
 * the npm registry, and this process ends with its exit code: then the promise never resolves.
 *
 * @throws {Trouble} when none can be had
 */
export async function ensureRecentNode() {
  if (isNodeRecentEnough(process.versions.node)) return;
  const node = await fetchNode();
  process.exit(await runAgainUnder(node));
}

/** @returns {Promise<string>} path of the program */
async function fetchNode() {
  const wanted = findNodePackage(process.platform, process.arch);
  const reason = `Node ${process.versions.node} is too old for Holdfast`;
  if (!wanted) throw new Trouble(`${reason}: install Node 24 (https://nodejs.org).`);
  const folder = projectPath('.cache', `node-${wanted.version}`);
  const place = join('node_modules', wanted.name, 'bin/node');
  const program = join(folder, place);
  if (existsSync(program)) return program;
  console.log(`${reason}: fetching Node ${wanted.version} from the npm registry into .cache (once).`);
  // Made aside and renamed, so that it is whole or absent. npm checks the registry's integrity hash.
  const draft = `${folder}.${process.pid}`;
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  const code = await runNpm(['install', '--prefix', draft, ...options, `${wanted.name}@${wanted.version}`]);
  if (code !== 0 || !existsSync(join(draft, place))) {
    rmSync(draft, { recursive: true, force: true });
    throw new Trouble(`${reason}, and fetching a newer one failed: install Node 24 (https://nodejs.org).`);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  return program;
}

/**
 * @param {string} node
 * @returns {Promise<number>} the exit code
 */
function runAgainUnder(node) {
  // The IPC channel tells the other that this one was killed.
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: pathWith(node), npm_node_execpath: node, NODE: node },
  });
  /** @type {NodeJS.Signals[]} */
  const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  return new Promise((end, fail) => {
    child.once('error', fail).once('exit', (code) => end(code ?? 1));
  });
}
