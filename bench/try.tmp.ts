import { startInstallation } from './installation.ts';
import { startDripProvider } from './drip-provider.ts';
import { startCrowd } from './crowd.ts';
import { measureCrowd } from './measure-crowd.ts';
const levels = (process.argv[2] ?? '1,50,200').split(',').map(Number);
const rate = Number(process.argv[3] ?? 50); const rounds = Number(process.argv[4] ?? 2);
const who = (process.argv[5] ?? 'Holdfast,floor').split(',') as any[];
const provider = await startDripProvider();
const installation = await startInstallation({ directory: '/work/main/.cache/try/db', providerUrl: provider.url });
const crowd = startCrowd();
const scene = { installation, provider, crowd };
const f = (n: number) => n.toFixed(2);
try {
  for (const c of who) await measureCrowd(scene, c, { runs: 20, wordsPerSecond: 50, listenMs: 1500 });
  for (const runs of levels) for (let r = 0; r < rounds; r++) for (const c of who) {
    const m = await measureCrowd(scene, c, { runs, wordsPerSecond: rate, listenMs: 4000 });
    console.log(String(runs).padStart(5), c.padEnd(9), `words ${m.words} p50 ${f(m.p50)} p95 ${f(m.p95)} p99 ${f(m.p99)} B/word ${(m.bytes/m.words).toFixed(0)} cpu/100k web ${f(m.cpuPer100k.web)} worker ${f(m.cpuPer100k.worker)} pg ${f(m.cpuPer100k.postgres)} all ${f(m.cpuPer100k.all)} mem MB ${Object.values(m.memoryKb).map(k=>(k/1024).toFixed(0)).join('/')}`);
  }
} finally { crowd.kill(); await installation.stop(); provider.kill(); }
process.exit(0);
