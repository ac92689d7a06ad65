import { type Figure, spreadOf } from '../figure.ts';
import { measureCrowd } from '../measure-crowd.ts';
import type { Scene } from '../scene.ts';

const load = { runs: 200, wordsPerSecond: 50, listenMs: 4_000 };
const layouts = [
  { workers: 1, webs: 1 },
  { workers: 2, webs: 1 },
  { workers: 4, webs: 1 },
  { workers: 2, webs: 2 },
];

/** The same load on more processes. */
export async function measureScaling(scene: Scene): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { workers, webs } of layouts) {
    await arrange(scene, { workers, webs });
    const measure = await measureCrowd(scene, 'Holdfast', load);
    const what = `200 × 50 words/s, ${workers} workers, ${webs} webs`;
    const figure = { floor: null, aims: [] };
    figures.push(
      { ...figure, title: `${what}: word p50`, unit: 'ms', ours: spreadOf([measure.p50]) },
      { ...figure, title: '… p99', unit: 'ms', ours: spreadOf([measure.p99]) },
      { ...figure, title: '… CPU for 100,000 words', unit: 's', ours: spreadOf([measure.cpuPer100k.all]) },
    );
  }
  await arrange(scene, { workers: 1, webs: 1 });
  return figures;
}

async function arrange({ installation }: Scene, { workers, webs }: { workers: number; webs: number }): Promise<void> {
  while (installation.workers.length < workers) await installation.addWorker();
  while (installation.workers.length > workers) await installation.removeWorker();
  while (installation.webs.length < webs) await installation.addWeb();
  while (installation.webs.length > webs) await installation.removeWeb();
}
