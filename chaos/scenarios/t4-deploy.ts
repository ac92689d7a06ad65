import { instant } from '#server/testing/model-answer';
import type { ChaosProcess } from '../chaos-process.ts';
import type { Guest } from '../guest.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { readTakeovers } from '../takeovers.ts';
import type { Turn } from '../turn.ts';
import { within } from '../within.ts';

const runsAtOnce = 20;
/** A step that outlasts the grace of a drain, and steps that end within it. */
const drained = ['words=20 hang-after=10 times=1', 'steps=4 words=30 delay=20 tool=record'] as const;
const load = ['words=60 delay=20', 'steps=2 words=20 delay=20 tool=record'] as const;

/** SIGTERM: what a deploy does. */
export const t4: Scenario = {
  id: 'T4',
  title: 'SIGTERM a worker with 20 runs; a rolling restart of everything',
  async run(stage) {
    const rounds = stage.pick(1, 10);
    const continuedMs: number[] = [];
    for (let round = 0; round < rounds; round++) continuedMs.push(...(await drainOne(stage)));
    stage.expectAtMost('the last run to continue elsewhere', Math.max(...continuedMs), 5_000);
    const restarts = await restartEverything(stage);
    return {
      iterations: rounds + 1,
      struck: { 'SIGTERM worker': rounds + restarts.workers, 'SIGTERM web': restarts.webs },
      measured: { 'continued elsewhere': continuedMs },
    };
  },
};

/** Returns, for each run, how long it took from the SIGTERM to its first words from elsewhere. */
async function drainOne(stage: Stage): Promise<number[]> {
  await stage.setUp({ webs: 2, workers: 1 });
  const [victim] = stage.workers;
  const guest = await stage.signIn();
  const turns = (await Promise.all(drained.map((kind) => stage.askMany(guest, runsAtOnce / 2, kind)))).flat();
  await Promise.all(turns.map((turn) => turn.wordsOf(1)));
  await stage.startWorker(victim!.plan.options);
  const toldAt = instant();
  const left = leave(stage, victim!);
  await stage.expectEnd(turns, 'succeeded');
  await left;
  const continued = await readTakeovers(stage, turns, { victim: victim!, killedAt: toldAt });
  if (continued.length < runsAtOnce / 2) stage.fail(`only ${continued.length} runs were continued elsewhere`);
  return continued;
}

/** Every worker is replaced, one after the other, and so is every web process, while people go on asking. */
async function restartEverything(stage: Stage): Promise<{ workers: number; webs: number }> {
  await stage.setUp({ webs: 2, workers: 2 });
  const { webs, workers } = stage;
  const guests = await Promise.all(webs.map((_, index) => stage.signIn(index)));
  const over = new AbortController();
  const asking = guests.map((guest) => keepAsking(stage, guest, over.signal));
  await Promise.all([replaceWorkers(stage, workers), replaceWebs(stage, webs)]);
  over.abort();
  for (const turns of await Promise.all(asking)) await stage.expectEnd(turns, 'succeeded');
  return { workers: workers.length, webs: webs.length };
}

async function replaceWorkers(stage: Stage, workers: readonly ChaosProcess[]): Promise<void> {
  for (const worker of workers) {
    await stage.startWorker(worker.plan.options);
    await leave(stage, worker);
  }
}

async function replaceWebs(stage: Stage, webs: readonly ChaosProcess[]): Promise<void> {
  for (const web of webs) {
    await leave(stage, web);
    await stage.revive(web);
  }
}

async function keepAsking(stage: Stage, guest: Guest, over: AbortSignal): Promise<Turn[]> {
  const turns: Turn[] = [];
  while (!over.aborted) {
    const more = await stage.askMany(guest, 3, load[turns.length % 2]!);
    turns.push(...more);
    await more[0]!.ended();
  }
  return turns;
}

/** Told to go, it goes in good order. */
async function leave(stage: Stage, leaver: ChaosProcess): Promise<void> {
  leaver.signal('SIGTERM');
  const { code, signal } = await within(20_000, `${leaver.name} to leave`, leaver.ended);
  if (code !== 0) stage.fail(`${leaver.name} left with ${signal ?? `code ${code}`}`);
}
