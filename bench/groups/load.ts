import type { Aim, Figure } from '../figure.ts';
import { type CrowdMeasure, measureCrowd } from '../measure-crowd.ts';
import { type Rounds, takeTurns, toFigure } from '../rounds.ts';
import { pick, type Scene } from '../scene.ts';

const wordsPerSecond = 50;

/** Answers at a pace that is usual for models, one follower each. */
export async function measureLoad(scene: Scene): Promise<Figure[]> {
  const figures: Figure[] = [];
  await takeTurns(1, (contender) => measureCrowd(scene, contender, { runs: 50, wordsPerSecond, listenMs: 1_000 }));
  for (const [runs, roundsInQuick] of [[1, 1], [50, 2], [200, 1]] as const) {
    scene.say(`${runs} × ${wordsPerSecond} words a second`);
    const load = { runs, wordsPerSecond, listenMs: pick(scene, 2_000, 5_000) };
    const rounds = await takeTurns(pick(scene, roundsInQuick, 5), (contender) => measureCrowd(scene, contender, load));
    figures.push(...describe(runs, rounds));
  }
  return figures;
}

function describe(runs: number, rounds: Rounds<CrowdMeasure>): Figure[] {
  const what = `${runs} × ${wordsPerSecond} words/s`;
  const crowded = (aim: Aim) => (runs > 1 ? [aim] : []);
  return [
    toFigure(rounds, { title: `${what}: word p50`, unit: 'ms', value: ({ p50 }) => p50, aims: [{ kind: 'overFloor', value: 2 }] }),
    toFigure(rounds, {
      title: `${what}: word p99`,
      unit: 'ms',
      value: ({ p99 }) => p99,
      aims: crowded({ kind: 'timesFloor', value: 1 }),
    }),
    toFigure(rounds, {
      title: `${what}: CPU for 100,000 words`,
      unit: 's',
      value: ({ cpuPer100k }) => cpuPer100k.all,
      aims: crowded({ kind: 'timesFloor', value: 1 }),
    }),
    ...(['web', 'worker', 'postgres'] as const).map((part) =>
      toFigure(rounds, { title: `  of it ${part}`, unit: 's', value: ({ cpuPer100k }) => cpuPer100k[part] }),
    ),
    toFigure(rounds, { title: `${what}: bytes a word`, unit: 'bytes', value: ({ bytes, words }) => bytes / words }),
  ];
}
