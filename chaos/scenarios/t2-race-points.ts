import { racePoints, type RacePoint } from '#server/runs/race-points';
import { instant } from '#server/testing/model-answer';
import type { ChaosProcess } from '../chaos-process.ts';
import type { Guest } from '../guest.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { readTakeovers } from '../takeovers.ts';
import type { Turn } from '../turn.ts';
import { within } from '../within.ts';

/** Passes every point of a run that nobody stops. */
const usual = 'steps=2 words=20 tool=record';
/** At a step's end a worker that drains gives its run back. */
const inSteps = 'steps=3 words=20 delay=10 tool=recordIdempotent';
const endless = 'words=20 hang-after=10';

/** kill -9 at every named instant between two writes. */
export const t2: Scenario = {
  id: 'T2',
  title: 'kill -9 at each race point',
  async run(stage) {
    // Each life but the last is short; none of them is the run's fault.
    const env = { RUN_MAX_ATTEMPTS: '100' };
    await stage.setUp({ webs: 2, workers: 1, worker: { env }, web: { env } });
    await stage.database.untilSweepsAct();
    const guests = [await stage.signIn(0), await stage.signIn(1)] as const;
    const takeoversMs: number[] = [];
    const rounds = stage.pick(1, 8);
    for (let round = 0; round < rounds; round++) {
      // A web process takes long to start: its points are struck beside those of the workers, before a guest of its own.
      const [ofWorkers] = await Promise.all([
        strikeAll(stage, guests[0], workerPoints),
        strikeAll(stage, guests[1], webPoints),
      ]);
      takeoversMs.push(...ofWorkers, ...(await strikeAll(stage, guests[0], sweeperPoints)));
    }
    return { iterations: rounds * racePoints.length, struck: { 'kill -9 itself': rounds * racePoints.length }, takeoversMs };
  },
};

type Strike = (stage: Stage, guest: Guest, point: RacePoint) => Promise<number[]>;

/** What has to happen for a point to be passed; everything else is passed by a worker in a usual run. */
const strikes: Partial<Record<RacePoint, Strike>> = {
  'before-start-commit': strikeStart,
  'after-start-commit': strikeStart,
  'before-stop': strikeStop,
  'after-stop': strikeStop,
  'before-release': strikeRelease,
  'after-release': strikeRelease,
  'before-expire': strikeSweeper,
  'after-expire': strikeSweeper,
};
const pointsOf = (...chosen: Strike[]) => racePoints.filter((point) => chosen.includes(strikes[point] ?? strikeWorker));
const webPoints = pointsOf(strikeStart, strikeStop);
const workerPoints = pointsOf(strikeWorker, strikeRelease);
/** Nobody else may be awake then. */
const sweeperPoints = pointsOf(strikeSweeper);

/** One after the other. */
async function strikeAll(stage: Stage, guest: Guest, points: readonly RacePoint[]): Promise<number[]> {
  const takeoversMs: number[] = [];
  for (const point of points) takeoversMs.push(...(await strikeAt(stage, guest, point)));
  return takeoversMs;
}

async function strikeAt(stage: Stage, guest: Guest, point: RacePoint): Promise<number[]> {
  try {
    return await (strikes[point] ?? strikeWorker)(stage, guest, point);
  } catch (error) {
    throw new Error(`at ${point}: ${(error as Error).message}`, { cause: error });
  }
}

async function strikeWorker(stage: Stage, guest: Guest, point: RacePoint): Promise<number[]> {
  const [worker] = stage.workers;
  const chat = await stage.open(guest);
  await worker!.arm(point);
  const turn = await stage.send(chat, usual);
  return expectContinued(stage, turn, { victim: worker!, lostAt: await untilDead(worker!) });
}

async function strikeStart(stage: Stage, guest: Guest, point: RacePoint): Promise<number[]> {
  const web = webOf(stage, guest);
  const chat = await stage.open(guest);
  await web.arm(point);
  // The guest repeats the same message until somebody takes it.
  const sent = stage.send(chat, usual);
  await untilDead(web);
  await stage.revive(web);
  await stage.expectEnd([await sent], 'succeeded');
  return [];
}

async function strikeStop(stage: Stage, guest: Guest, point: RacePoint): Promise<number[]> {
  const web = webOf(stage, guest);
  const turn = await stage.ask(guest, endless);
  await turn.wordsOf(1);
  await web.arm(point);
  const stopped = guest.stop(turn.runId);
  await untilDead(web);
  await stage.revive(web);
  await stopped;
  await stage.expectEnd([turn], 'aborted');
  return [];
}

async function strikeRelease(stage: Stage, guest: Guest, point: RacePoint): Promise<number[]> {
  const [worker] = stage.workers;
  const turn = await stage.ask(guest, inSteps);
  await turn.wordsOf(1);
  await worker!.arm(point);
  worker!.signal('SIGTERM');
  return expectContinued(stage, turn, { victim: worker!, lostAt: await untilDead(worker!) });
}

/** Of the sweepers, only that of a fresh worker is awake when the owner dies. */
async function strikeSweeper(stage: Stage, guest: Guest, point: RacePoint): Promise<number[]> {
  const { webs } = stage;
  const [owner] = stage.workers;
  const turn = await stage.ask(guest, inSteps);
  await turn.wordsOf(1);
  for (const web of webs) web.signal('SIGSTOP');
  const lostAt = await owner!.kill();
  const sweeper = await stage.startWorker({ ...owner!.plan.options, killAt: point });
  await untilDead(sweeper);
  for (const web of webs) web.signal('SIGCONT');
  return expectContinued(stage, turn, { victim: owner!, lostAt });
}

const webOf = (stage: Stage, guest: Guest) => stage.webs.find(({ origin }) => origin === guest.api.origin)!;

async function untilDead(victim: ChaosProcess): Promise<number> {
  const { signal } = await within(15_000, `${victim.name} to pass the point`, victim.ended);
  if (signal !== 'SIGKILL') throw new Error(`${victim.name} has ended by itself`);
  return instant();
}

type Loss = { victim: ChaosProcess; lostAt: number };

/** A fresh worker finds what the lost one has left. */
async function expectContinued(stage: Stage, turn: Turn, { victim, lostAt }: Loss): Promise<number[]> {
  await stage.revive(victim);
  await stage.expectEnd([turn], 'succeeded');
  return readTakeovers(stage, [turn], { victim, killedAt: lostAt });
}
