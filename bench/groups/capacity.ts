import type { ContenderName } from '../crowd.ts';
import { type Figure, spreadOf } from '../figure.ts';
import { disperse, gather, listen } from '../measure-crowd.ts';
import type { Scene } from '../scene.ts';

const wordsPerSecond = 10;
const levels = [100, 250, 500, 750, 1_000, 1_250, 1_500, 2_000];
const patienceMs = 250;
const listenMs = 5_000;

/** Live runs, one follower each, until words come late. */
export async function measureCapacity(scene: Scene): Promise<Figure[]> {
  const ours = await fill(scene, 'Holdfast');
  const floor = await fill(scene, 'floor');
  return [
    {
      title: `live runs × ${wordsPerSecond} words/s with p99 ≤ ${patienceMs} ms`,
      unit: 'runs',
      ours: spreadOf([ours]),
      floor: spreadOf([floor]),
      aims: [
        { kind: 'atLeast', value: 1_000 },
        { kind: 'atLeastTimesFloor', value: 2 },
      ],
    },
  ];
}

/** @returns the fullest level that was held */
async function fill(scene: Scene, contender: ContenderName): Promise<number> {
  let held = 0;
  let present = 0;
  for (const runs of levels) {
    await gather(scene, contender, { runs: runs - present, wordsPerSecond });
    present = runs;
    const p99 = await listenTwiceMoreIfLate(scene);
    scene.say(`${contender}: ${runs} runs, p99 ${p99.toFixed(0)} ms`);
    if (p99 > patienceMs) break;
    held = runs;
  }
  await disperse(scene);
  return held;
}

/** One stutter of the machine is no limit of its. */
async function listenTwiceMoreIfLate(scene: Scene): Promise<number> {
  const heard = [await listen(scene, listenMs)];
  if (heard[0]!.p99 > patienceMs) heard.push(await listen(scene, listenMs), await listen(scene, listenMs));
  return spreadOf(heard.map(({ p99 }) => p99)).median;
}
