import { summarise } from '#server/testing/quantiles';
import type { ContenderName } from '../crowd.ts';
import type { Figure } from '../figure.ts';
import { askFloor } from '../floor-reader.ts';
import { createHoldfast } from '../holdfast-reader.ts';
import { takeTurns, toFigure } from '../rounds.ts';
import { pick, type Scene } from '../scene.ts';
import { createStampReader } from '../stamp.ts';

/** One short answer at a time, on a machine that has nothing else to do. */
export async function measureFirstWords(scene: Scene): Promise<Figure[]> {
  const origin = scene.installation.webs[0]!.origin;
  const askers = { Holdfast: createHoldfast(scene.api), floor: askFloor };
  const accepted: number[] = [];
  let questions = 0;

  async function firstWord(contender: ContenderName): Promise<number> {
    const ages: number[] = [];
    const hear = createStampReader((ageMs) => ages.push(ageMs));
    const text = `first ${++questions} [[words=3 every=20]]`;
    const { ended, acceptedMs } = await askers[contender]({ origin, text, hear });
    await ended;
    if (acceptedMs !== null) accepted.push(acceptedMs);
    return ages[0]!;
  }

  for (let i = 0; i < 5; i++) await takeTurns(1, firstWord);
  const answers = pick(scene, 8, 25);
  const rounds = await takeTurns(pick(scene, 3, 5), async (contender) => {
    const ages: number[] = [];
    for (let i = 0; i < answers; i++) ages.push(await firstWord(contender));
    return summarise(ages);
  });
  const what = 'first word, from the provider to the client';
  return [
    toFigure(rounds, { title: `${what}, p50`, unit: 'ms', value: ({ p50 }) => p50, aims: [{ kind: 'overFloor', value: 10 }] }),
    toFigure(rounds, { title: `${what}, p95`, unit: 'ms', value: ({ p95 }) => p95, aims: [{ kind: 'overFloor', value: 25 }] }),
    toFigure({ Holdfast: [summarise(accepted).p50] }, { title: 'a question is taken, p50', unit: 'ms', value: (ms) => ms }),
  ];
}
