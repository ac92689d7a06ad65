import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isInstalled } from './installed-packages.js';
import { projectPath, projectRoot } from './project.js';
import { runNpm, runProgram } from './run-program.js';
import { hashSources } from './source-hash.js';
import { Trouble } from './trouble.js';

const clientSources = ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'];
const buildSources = ['app', 'components', 'domain', 'server', 'public'].concat(
  ['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package.json'],
  clientSources,
);

/**
 * Bring node_modules and the generated database client up to date; nothing is done for what already is.
 *
 * @throws {Trouble}
 */
export async function installProject() {
  if (!isProjectInstalled()) {
    console.log('Installing dependencies (npm ci) …');
    if ((await runNpm(['ci', '--include=dev', '--ignore-scripts'])) !== 0) throw new Trouble('npm ci failed; its messages are above.');
  }
  await refresh('prisma/generated/.source-hash', clientSources, async () => {
    const prisma = projectPath('node_modules/prisma/build/index.js');
    // Prisma wants to download its native engine, and never runs it: any program will do.
    const variables = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' };
    const code = await runProgram(process.execPath, [prisma, 'generate', '--no-hints'], { variables, quiet: true });
    if (code !== 0) throw new Trouble('prisma generate failed; its messages are above.');
  });
}

/**
 * Build the pages for production, unless the last build was made of the same sources.
 *
 * @param {AbortSignal} [signal] ends it early, as a failure
 * @throws {Trouble}
 */
export async function buildProject(signal) {
  await refresh('.next/.source-hash', buildSources, async () => {
    console.log('Building the pages (next build) …');
    const next = projectPath('node_modules/next/dist/bin/next');
    const variables = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
    const code = await runProgram(process.execPath, [next, 'build'], { variables, quiet: true, signal });
    if (code !== 0) throw new Trouble('next build failed; its messages are above.');
  });
}

function isProjectInstalled() {
  const installed = projectPath('node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const [wanted, present] = [projectPath('package-lock.json'), installed].map((path) => {
    return JSON.parse(readFileSync(path, 'utf8'));
  });
  return isInstalled(wanted, present);
}

/**
 * @param {string} stamp file that remembers what the last result was made of
 * @param {string[]} sources
 * @param {() => Promise<void>} make
 */
async function refresh(stamp, sources, make) {
  const path = projectPath(stamp);
  const hash = hashSources(projectRoot, sources);
  if (existsSync(path) && readFileSync(path, 'utf8') === hash) return;
  await make();
  writeFileSync(path, hash);
}
