/** Many answers at a time: how old words are when they arrive, and what each part takes of the machine meanwhile. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ContenderName, Crowd, Heard } from './crowd.ts';
import type { DripProvider } from './drip-provider.ts';
import { type Installation, type PartName, partNames } from './installation.ts';
import { readCpuSeconds, readMemoryKb } from './process-usage.ts';

/** After the last one has begun, until everything has found its pace. */
const settleMs = 1_500;

export type Load = { runs: number; wordsPerSecond: number; listenMs: number };

export type CrowdMeasure = Heard & {
  /** CPU seconds for 100,000 words, by part */
  cpuPer100k: Record<PartName, number> & { all: number };
  /** KB, by part, while all of it goes on */
  memoryKb: Record<PartName, number>;
};

export type Scene = { installation: Installation; provider: DripProvider; crowd: Crowd };

/** Gather a crowd, measure for a while, let it go. */
export async function measureCrowd(scene: Scene, contender: ContenderName, load: Load): Promise<CrowdMeasure> {
  const { installation, provider, crowd } = scene;
  const origins = installation.webs.map(({ origin }) => origin);
  const directives = `every=${1_000 / load.wordsPerSecond}`;
  await crowd.gather({ contender, origins, count: load.runs, directives });
  await pause(settleMs);
  const pids = installation.pids();
  const before = readParts(pids);
  const heard = await crowd.listen(load.listenMs);
  const after = readParts(installation.pids());
  const memoryKb = mapParts((name) => readMemoryKb(installation.pids()[name]));
  await provider.endAll();
  await crowd.disperse();
  const perWord = 100_000 / heard.words;
  const cpu = mapParts((name) => (after[name] - before[name]) * perWord);
  return { ...heard, cpuPer100k: { ...cpu, all: cpu.web + cpu.worker + cpu.postgres }, memoryKb };
}

const readParts = (pids: Record<PartName, number[]>) => mapParts((name) => readCpuSeconds(pids[name]));

function mapParts(value: (name: PartName) => number): Record<PartName, number> {
  return Object.fromEntries(partNames.map((name) => [name, value(name)])) as Record<PartName, number>;
}
