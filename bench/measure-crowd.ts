/** Many answers at a time: how old words are when they arrive, and what each part takes of the machine meanwhile. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ContenderName, Heard } from './crowd.ts';
import { type Installation, type PartName, partNames } from './installation.ts';
import { readCpuSeconds } from './process-usage.ts';
import type { Scene } from './scene.ts';

/** After the last one has begun, until everything has found its pace. */
const settleMs = 1_500;

export type Load = { runs: number; wordsPerSecond: number; listenMs: number };

export type CrowdMeasure = Heard & {
  /** CPU seconds for 100,000 words, by part */
  cpuPer100k: Record<PartName | 'all', number>;
};

/** Gather a crowd, measure for a while, let it go. */
export async function measureCrowd(scene: Scene, contender: ContenderName, load: Load): Promise<CrowdMeasure> {
  await gather(scene, contender, load);
  const measure = await listen(scene, load.listenMs);
  await disperse(scene);
  return measure;
}

/** So many more, in addition to those who are there. */
export async function gather(scene: Scene, contender: ContenderName, { runs, wordsPerSecond }: Omit<Load, 'listenMs'>) {
  const origins = scene.installation.webs.map(({ origin }) => origin);
  await scene.crowd.gather({ contender, origins, count: runs, directives: `every=${1_000 / wordsPerSecond}` });
}

export async function listen({ installation, crowd }: Scene, ms: number): Promise<CrowdMeasure> {
  await pause(settleMs);
  const before = readParts(installation, readCpuSeconds);
  const heard = await crowd.listen(ms);
  const after = readParts(installation, readCpuSeconds);
  const cpu = mapParts((name) => ((after[name] - before[name]) * 100_000) / heard.words);
  return { ...heard, cpuPer100k: { ...cpu, all: cpu.web + cpu.worker + cpu.postgres } };
}

export async function disperse({ provider, crowd }: Scene): Promise<void> {
  await provider.endAll();
  await crowd.disperse();
}

function readParts(installation: Installation, read: (pids: number[]) => number): Record<PartName, number> {
  const pids = installation.pids();
  return mapParts((name) => read(pids[name]));
}

function mapParts(value: (name: PartName) => number): Record<PartName, number> {
  return Object.fromEntries(partNames.map((name) => [name, value(name)])) as Record<PartName, number>;
}
