import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { runProgram } from './run-program.js';
import { Trouble } from './trouble.js';

const systemPrograms = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium for the browser tests: the one that CHROMIUM_PATH names, Playwright's own, the system's, or, as root on
 * Debian, one installed now.
 *
 * @returns {Promise<string>} path of the program
 * @throws {Trouble} when there is none
 */
export async function findBrowser() {
  const told = process.env.CHROMIUM_PATH;
  if (told) {
    if (!existsSync(told)) throw new Trouble(`CHROMIUM_PATH names no file: ${told}`);
    return told;
  }
  const found = findInstalled() ?? (await installChromium());
  if (found) return found;
  throw new Trouble('No Chromium found: run "npx playwright install --with-deps chromium", or set CHROMIUM_PATH.');
}

/** @returns {string | null} */
function findInstalled() {
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  for (const name of systemPrograms) {
    const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return applications.find((path) => existsSync(path)) ?? null;
}

/** @returns {Promise<string | null>} */
async function installChromium() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  console.log('Installing Chromium for the browser tests (apt-get install chromium) …');
  const options = { variables: { DEBIAN_FRONTEND: 'noninteractive' }, quiet: true };
  await runProgram('apt-get', ['update'], options);
  await runProgram('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  return findInstalled();
}
