import type { ContenderName } from '../crowd.ts';
import type { Figure } from '../figure.ts';
import { disperse, gather, listen } from '../measure-crowd.ts';
import { takeTurns, toFigure } from '../rounds.ts';
import { pick, type Scene } from '../scene.ts';

const wordsPerSecond = 10;
/** Compared are these two, so that what is there once is not charged to the runs. */
const [emptier, fuller] = [100, 500];

/** What a live run and its follower keep from others. */
export async function measureMemory(scene: Scene): Promise<Figure[]> {
  // What is there once is there for both.
  await takeTurns(1, (contender) => fill(scene, contender));
  const rounds = await takeTurns(pick(scene, 1, 3), (contender) => fill(scene, contender));
  return [
    toFigure(rounds, {
      title: 'memory for a live run and its follower',
      unit: 'KB',
      value: (kb) => kb,
      aims: [{ kind: 'atMost', value: 150 }],
    }),
  ];
}

async function fill(scene: Scene, contender: ContenderName): Promise<number> {
  const bytes: number[] = [];
  for (const more of [emptier, fuller - emptier]) {
    await gather(scene, contender, { runs: more, wordsPerSecond });
    await listen(scene, 3_000);
    bytes.push(await scene.installation.bytesInUse());
  }
  await disperse(scene);
  scene.say(`${contender}: ${bytes.map((each) => (each / 1_048_576).toFixed(0)).join(' → ')} MB`);
  return (bytes[1]! - bytes[0]!) / 1_024 / (fuller - emptier);
}
