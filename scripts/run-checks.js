import { readFileSync, rmSync } from 'node:fs';
import { projectPath } from './project.js';
import { runProgram } from './run-program.js';
import { Trouble } from './trouble.js';

/**
 * @typedef {{ passed: number, failed: number }} Tally
 *
 * @typedef {object} Check
 * @property {string} title
 * @property {() => Promise<number>} run resolves with an exit code
 * @property {() => Tally} [count] what its report says
 */

/**
 * Run checks one after the other, up to the first that fails. The last line says how many tests passed and failed:
 * "12 passed, 0 failed"; a check that counts no tests counts as one when it fails.
 *
 * @param {Check[]} checks
 * @returns {Promise<boolean>} whether all passed
 */
export async function runChecks(checks) {
  /** @type {Tally} */
  const total = { passed: 0, failed: 0 };
  for (const { title, run, count } of checks) {
    console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 76 - title.length))}`);
    const startedAt = performance.now();
    const code = await run().catch(explain);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(code === 0 ? `   ok (${seconds} s)` : `   FAILED (${seconds} s)`);
    const tally = count?.() ?? { passed: 0, failed: 0 };
    total.passed += tally.passed;
    total.failed += code === 0 ? tally.failed : Math.max(1, tally.failed);
    if (total.failed > 0) break;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
}

/** @param {unknown} error */
function explain(error) {
  console.error(error instanceof Trouble ? error.message : error);
  return 1;
}

/**
 * A program of node_modules, run by our Node.
 *
 * @param {string} script path below node_modules
 * @param {string[]} args
 * @param {Record<string, string>} [variables]
 */
export function runTool(script, args, variables) {
  return runProgram(process.execPath, [projectPath('node_modules', script), ...args], { variables });
}

/**
 * Tests of one or more projects of vitest.config.ts.
 *
 * @param {string[]} projects
 * @returns {Check}
 */
export function vitestCheck(projects) {
  const report = projectPath('test-results', 'vitest.json');
  const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    title: `${projects.join(' and ')} tests`,
    run() {
      rmSync(report, { force: true });
      return runTool('vitest/vitest.mjs', ['run', ...projects.flatMap((name) => ['--project', name]), ...options]);
    },
    count: () => readReport(report, (json) => ({ passed: json.numPassedTests, failed: json.numFailedTests })),
  };
}

/**
 * The browser tests.
 *
 * @param {string} browser path of a Chromium
 * @returns {Check}
 */
export function playwrightCheck(browser) {
  const report = projectPath('test-results', 'e2e.json');
  return {
    title: 'browser tests',
    run() {
      rmSync(report, { force: true });
      return runTool('@playwright/test/cli.js', ['test'], { CHROMIUM_PATH: browser });
    },
    count: () =>
      readReport(report, ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected })),
  };
}

/**
 * The fault tests in their short form; each scenario counts as one test.
 *
 * @returns {Check}
 */
export function chaosCheck() {
  const report = projectPath('test-results', 'chaos.json');
  return {
    title: 'fault tests',
    run() {
      rmSync(report, { force: true });
      return runProgram(process.execPath, ['--disable-warning=ExperimentalWarning', projectPath('scripts', 'chaos.js')]);
    },
    count: () => readReport(report, ({ passed, failed }) => ({ passed, failed })),
  };
}

/** Types, lint and import rules: what needs no test to run. @type {Check[]} */
export const staticChecks = [
  {
    title: 'types',
    async run() {
      // Writes the types of the routes, which a fresh clone lacks.
      const code = await runTool('next/dist/bin/next', ['typegen']);
      return code || runTool('typescript/bin/tsc', ['--noEmit', '-p', '.']);
    },
  },
  { title: 'lint', run: () => runTool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']) },
  { title: 'import rules', run: () => runProgram(process.execPath, [projectPath('scripts', 'check-imports.js')]) },
];

/**
 * @param {string} path
 * @param {(json: any) => Tally} count
 * @returns {Tally} zeros when there is no report
 */
function readReport(path, count) {
  try {
    return count(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { passed: 0, failed: 0 };
  }
}
