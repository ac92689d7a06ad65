import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cast } from './cast.ts';
import type { Installation } from './installation.ts';
import { judge } from './judge.ts';
import type { Report, Scenario, ScenarioResult } from './scenario.ts';
import { type Performance, Stage } from './stage.ts';
import { within } from './within.ts';

const longestMs = { short: 120_000, long: 3_600_000 };
const nothing: ScenarioResult = { iterations: 0, struck: {} };

export type PerformOptions = Omit<Performance, 'id'> & {
  /** where the processes' logs of a failed scenario are kept */
  logs: string;
};

/** Play one scenario and judge it. Whatever goes wrong is in the report; the installation is fit for the next one. */
export async function perform(scenario: Scenario, installation: Installation, options: PerformOptions): Promise<Report> {
  const { id, title } = scenario;
  const { database, cast } = installation;
  const stage = new Stage(installation, { ...options, id });
  const startedAt = performance.now();
  const thrown: string[] = [];
  let result = nothing;
  let verdict = { violations: [] as string[], zombieWrites: 0, failures: stage.failures };
  try {
    result = await within(longestMs[options.form], `the end of ${id}`, scenario.run(stage));
  } catch (error) {
    thrown.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  try {
    installation.proxy.heal();
    await database.start();
    verdict = await judge(stage, cast);
  } catch (error) {
    thrown.push(`could not be judged: ${String(error)}`);
  }
  for (const follower of stage.guests.flatMap(({ followers }) => followers)) follower.close();
  const seconds = (performance.now() - startedAt) / 1000;
  const report = { ...result, ...verdict, failures: [...thrown, ...verdict.failures], id, title, seconds };
  if (hasFailed(report)) {
    keepLogs(cast, join(options.logs, id));
    // What it has left behind is no measure for the next one.
    await cast.endAll();
  }
  return report;
}

/** Whether anything did not hold. */
export function hasFailed({ violations, failures }: Report): boolean {
  return violations.length + failures.length > 0;
}

function keepLogs(cast: Cast, directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const each of cast.all) writeFileSync(join(directory, `${each.name.replace(' ', '-')}.log`), each.log.toString());
}
