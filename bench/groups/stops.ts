import { instant } from '#server/testing/model-answer';
import { summarise } from '#server/testing/quantiles';
import type { Figure } from '../figure.ts';
import { askFloor } from '../floor-reader.ts';
import { createHoldfast } from '../holdfast-reader.ts';
import type { Ask } from '../reader.ts';
import { toFigure } from '../rounds.ts';
import { pick, type Scene } from '../scene.ts';

/** From the request to stop until the provider sees that nobody listens any more. */
export async function measureStops(scene: Scene): Promise<Figure[]> {
  await scene.installation.addWeb();
  const [here, elsewhere] = scene.installation.webs.map(({ origin }) => origin);
  const holdfast = createHoldfast(scene.api);
  const times = { here: [] as number[], elsewhere: [] as number[], floor: [] as number[] };
  for (let round = 0; round < pick(scene, 20, 60); round++) {
    times.here.push(await stopOne(scene, holdfast, here!));
    times.elsewhere.push(await stopOne(scene, holdfast, elsewhere!));
    times.floor.push(await stopOne(scene, askFloor, here!));
  }
  await scene.installation.removeWeb();
  const p95 = (values: number[]) => [summarise(values).p95];
  const aims = [{ kind: 'atMost', value: 30 }] as const;
  const figure = { unit: 'ms', value: (ms: number) => ms, aims } as const;
  return [
    toFigure({ Holdfast: p95(times.here), floor: p95(times.floor) }, { ...figure, title: 'Stop → the provider sees it, p95' }),
    toFigure({ Holdfast: p95(times.elsewhere) }, { ...figure, title: 'Stop by another web process → the provider sees it, p95' }),
  ];
}

let questions = 0;

async function stopOne({ installation, provider }: Scene, ask: Ask, by: string): Promise<number> {
  const text = `stop ${++questions} [[every=20]]`;
  const reader = await ask({ origin: installation.webs[0]!.origin, text, hear: () => undefined });
  await reader.begun;
  const askedAt = instant();
  const [abortedAt] = await Promise.all([provider.whenAborted(text), reader.stop(by)]);
  await reader.ended;
  return abortedAt - askedAt;
}
