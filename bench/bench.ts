/** `npm run bench`: the real processes under a dripping provider, measured from outside, beside a floor. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { signIn } from '#server/testing/api-client';
import type { BenchOptions } from './bench-options.ts';
import { startCrowd } from './crowd.ts';
import { startDripProvider } from './drip-provider.ts';
import type { Figure } from './figure.ts';
import { chooseGroups } from './groups.ts';
import { startInstallation } from './installation.ts';
import type { Scene } from './scene.ts';
import { formatFigures } from './table.ts';

export type BenchPlaces = {
  /** for the database; made anew and removed at the end */
  directory: string;
  /** the figures as JSON */
  report: string;
};

/**
 * Measure, print the table and write the report. Figures never make it fail.
 *
 * @throws when something does not start, or an answer fails
 */
export async function runBench(options: BenchOptions, { directory, report }: BenchPlaces): Promise<void> {
  const startedAt = performance.now();
  const groups = chooseGroups(options);
  const provider = await startDripProvider();
  const installation = await startInstallation({ directory, providerUrl: provider.url });
  const crowd = startCrowd();
  const figures: Figure[] = [];
  try {
    const api = await signIn(installation.webs[0]!.origin);
    for (const [name, { measure }] of groups) {
      const say = (what: string) => console.log(`… ${name}${what && `: ${what}`}`);
      say('');
      const scene: Scene = { quick: options.quick, directory, installation, provider, crowd, api, say };
      figures.push(...(await measure(scene)));
    }
  } finally {
    crowd.kill();
    await installation.stop();
    provider.kill();
  }
  console.log(`\n${formatFigures(figures)}\n`);
  console.log(`Node ${process.versions.node}, ${availableParallelism()} cores; medians of the rounds, least and most in brackets.`);
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(0)} s in all; the figures are in ${report}`);
  mkdirSync(dirname(report), { recursive: true });
  writeFileSync(report, `${JSON.stringify(figures, null, 2)}\n`);
}
