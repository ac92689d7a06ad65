import type { ContenderName } from '../crowd.ts';
import { type Figure, spreadOf } from '../figure.ts';
import { disperse, gather, listen, readMemory } from '../measure-crowd.ts';
import type { Scene } from '../scene.ts';

const wordsPerSecond = 10;
const levels = [100, 250, 500, 750, 1_000, 1_250, 1_500, 2_000];
const patienceMs = 250;
/** Memory is compared between these two, so that what is there once is not charged to the runs. */
const [emptier, fuller] = [100, 500];

/** Live runs, one follower each, until words come late. */
export async function measureCapacity(scene: Scene): Promise<Figure[]> {
  const ours = await fill(scene, 'Holdfast');
  const floor = await fill(scene, 'floor');
  return [
    {
      title: `live runs × ${wordsPerSecond} words/s with p99 ≤ ${patienceMs} ms`,
      unit: 'runs',
      ours: spreadOf([ours.held]),
      floor: spreadOf([floor.held]),
      aims: [
        { kind: 'atLeast', value: 1_000 },
        { kind: 'atLeastTimesFloor', value: 2 },
      ],
    },
    {
      title: 'memory for a live run and its follower',
      unit: 'KB',
      ours: spreadOf([ours.memoryKb]),
      floor: spreadOf([floor.memoryKb]),
      aims: [{ kind: 'atMost', value: 150 }],
    },
  ];
}

async function fill(scene: Scene, contender: ContenderName): Promise<{ held: number; memoryKb: number }> {
  const memory = new Map<number, number>();
  let held = 0;
  let present = 0;
  for (const runs of levels) {
    await gather(scene, contender, { runs: runs - present, wordsPerSecond });
    present = runs;
    const { p99, words } = await listen(scene, 5_000);
    memory.set(runs, readMemory(scene));
    scene.say(`${contender}: ${runs} runs, p99 ${p99.toFixed(0)} ms, ${(words / 5).toFixed(0)} words a second`);
    if (p99 > patienceMs) break;
    held = runs;
  }
  await disperse(scene);
  const least = memory.get(emptier)!;
  return { held, memoryKb: (memory.get(fuller)! - least) / (fuller - emptier) };
}
