/** `npm run bench`: the real processes under a scripted provider, measured from outside, beside a floor. */
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { signIn } from '#server/testing/api-client';
import { summarise } from '#server/testing/quantiles';
import { createFloor } from './floor-contender.ts';
import { createHoldfast } from './holdfast-contender.ts';
import { benchModel, type Installation, startInstallation } from './installation.ts';
import { measureFirstWords, measureStops, measureWords } from './measure-answers.ts';
import { measureReconnects } from './measure-reconnects.ts';
import { measureCommits, measureEmptyRoute } from './measure-surroundings.ts';
import { formatTable } from './table.ts';

/**
 * Measure and print. Timing never makes it fail.
 *
 * @param directory for the database; made anew and removed at the end
 * @throws when something does not start, or an answer is not what the provider said
 */
export async function runBench(directory: string): Promise<void> {
  const startedAt = performance.now();
  const installation = await startInstallation(directory);
  try {
    console.log(await measureAll(installation));
  } finally {
    await installation.stop();
  }
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s in all`);
}

async function measureAll({ origin, databaseUrl, provider }: Installation): Promise<string> {
  const api = await signIn(origin);
  const contenders = [createHoldfast(api, 'WebSocket'), createHoldfast(api, 'SSE'), createFloor(origin, benchModel)];
  say('warming up');
  await measureFirstWords(contenders, 10);
  await measureWords(contenders, { answers: 50, words: 60, rounds: 1 });
  say('first words');
  const { provided, sent, accepted } = await measureFirstWords(contenders, 40);
  accepted.set('floor', await measureEmptyRoute(origin, 100));
  say('one answer at a time');
  const single = await measureWords(contenders, { answers: 1, words: 150, rounds: 2 });
  say('fifty answers at a time');
  const before = performance.eventLoopUtilization();
  const fifty = await measureWords(contenders, { answers: 50, words: 200, rounds: 2 });
  const ownLoad = performance.eventLoopUtilization(before).utilization;
  say('stops');
  const stops = await measureStops(contenders, provider, 30);
  say('reconnects');
  const reconnects = await measureReconnects(api, 2000, 20);
  const commits = summarise(await measureCommits(databaseUrl, 200));

  const table = formatTable([
    { title: 'first word, provider → client', measured: provided, budget: { ms: 25, of: 'p50', overFloor: true } },
    { title: 'first word, Send → client', measured: sent },
    { title: 'Send accepted (floor: an empty route)', measured: accepted },
    { title: 'word, 1 answer × 50/s', measured: single },
    { title: 'word, 50 answers × 50/s', measured: fifty, budget: { ms: 5, of: 'p50', overFloor: true } },
    { title: 'Stop → provider sees the abort', measured: stops, budget: { ms: 100, of: 'p95', overFloor: false } },
    { title: 'reconnect, 2,000 words written', measured: reconnects, budget: { ms: 100, of: 'p95', overFloor: false } },
  ]);
  return [
    '',
    table,
    '',
    `A commit of one row takes ${commits.p50.toFixed(2)} / ${commits.p95.toFixed(2)} ms on this disk.`,
    `The measuring process was busy ${(ownLoad * 100).toFixed(0)} % of the time with fifty answers.`,
    `Node ${process.versions.node}, ${availableParallelism()} cores; one web process, one worker.`,
  ].join('\n');
}

const say = (what: string) => console.log(`… ${what}`);
