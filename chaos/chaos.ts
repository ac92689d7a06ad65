/** `npm run chaos`: real processes, a real database, a scripted model; faults, and whether everything held. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChaosOptions } from './chaos-options.ts';
import { install } from './installation.ts';
import { hasFailed, perform, type PerformOptions } from './perform.ts';
import { formatFailures, formatReports } from './report-table.ts';
import type { Report, Scenario } from './scenario.ts';
import { scenarios } from './scenario-list.ts';

/** Much of a fault is waiting: two can be played side by side. What the long form measures, nothing must disturb. */
const stagesOf = { short: 2, long: 1 };

export type ChaosPlaces = {
  /** the kit's own; made anew and removed at the end */
  directory: string;
  /** the outcome as JSON: { passed, failed } */
  report: string;
};

/**
 * Play the scenarios and print the table.
 *
 * @returns whether all of them passed
 * @throws when the installation does not start, or there is no such scenario
 */
export async function runChaos(options: ChaosOptions, places: ChaosPlaces): Promise<boolean> {
  const chosen = choose(options.only);
  const again = `npm run chaos -- ${options.form === 'long' ? '--long ' : ''}--seed ${options.seed}`;
  console.log(`seed ${options.seed} (again: ${again}, one alone: --only T3)`);
  const logs = join(dirname(places.report), 'chaos');
  rmSync(logs, { recursive: true, force: true });
  const queue = [...chosen];
  const stages = Array.from({ length: Math.min(stagesOf[options.form], queue.length) }, (_, i) => join(places.directory, `${i + 1}`));
  const played = stages.map((directory) => playQueue(queue, directory, { ...options, logs }));
  const reports = (await Promise.all(played)).flat();
  const failed = reports.filter(hasFailed);
  console.log(`\n${formatReports(reports)}\n`);
  if (failed.length > 0) console.log(`${formatFailures(failed)}\nWhat the processes said is in ${logs}.`);
  console.log(`seed ${options.seed}`);
  mkdirSync(dirname(places.report), { recursive: true });
  writeFileSync(places.report, JSON.stringify({ passed: reports.length - failed.length, failed: failed.length }));
  return failed.length === 0;
}

/** On an installation of its own, play whatever is next until nothing is left. */
async function playQueue(queue: Scenario[], directory: string, options: Omit<PerformOptions, 'id'>): Promise<Report[]> {
  const installation = await install(directory);
  const reports: Report[] = [];
  try {
    for (let scenario = queue.shift(); scenario; scenario = queue.shift()) {
      console.log(`… ${scenario.id} ${scenario.title}`);
      const report = await perform(scenario, installation, options);
      console.log(`${hasFailed(report) ? '✗' : '✓'} ${scenario.id} (${report.seconds.toFixed(1)} s)`);
      reports.push(report);
    }
  } finally {
    await installation.remove();
  }
  return reports;
}

function choose(only: readonly string[] | null): readonly Scenario[] {
  if (!only) return scenarios;
  const unknown = only.filter((id) => scenarios.every((scenario) => scenario.id !== id));
  const known = scenarios.map(({ id }) => id).join(', ');
  if (unknown.length > 0) throw new Error(`There is no scenario ${unknown.join(', ')}; there are ${known}.`);
  return scenarios.filter(({ id }) => only.includes(id));
}
