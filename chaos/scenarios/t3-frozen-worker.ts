import { setTimeout as pause } from 'node:timers/promises';
import type { RacePoint } from '#server/runs/race-points';
import { instant } from '#server/testing/model-answer';
import { readAttempts } from '../attempts.ts';
import type { ChaosProcess } from '../chaos-process.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { readTakeovers } from '../takeovers.ts';
import type { Turn } from '../turn.ts';
import { within } from '../within.ts';

const shortLease = { RUN_LEASE_SECONDS: '2' };
const lookEveryMs = 10;

/** Where a worker is about to write under its lease. */
const writes = [
  'before-begin-step',
  'before-flush',
  'before-call-write',
  'before-tool-write',
  'before-tool-record',
  'before-step-write',
  'before-settle',
] as const satisfies RacePoint[];

/** So many of them in the short form. */
const drawn = 2;

/** SIGSTOP past the lease: somebody else takes over, and the sleeper wakes to what it may no longer do. */
export const t3: Scenario = {
  id: 'T3',
  title: 'freeze a worker past its lease, wake it after the takeover',
  async run(stage) {
    await stage.database.untilSweepsAct();
    const rounds = stage.pick(1, 10);
    const takeoversMs: number[] = [];
    const abortsMs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { takeovers, aborts } = await freezeAtWork(stage);
      takeoversMs.push(...takeovers);
      abortsMs.push(...aborts);
      await freezeBeforeWrites(stage, stage.pick(drawWrites(stage), writes));
    }
    stage.expectP95('provider request aborted after waking', abortsMs, 1_000);
    const points = stage.pick(drawn, writes.length);
    const struck = { SIGSTOP: rounds, 'SIGSTOP before a write': rounds * points };
    const iterations = rounds * (1 + points);
    return { iterations, struck, takeoversMs, measured: { 'abort after waking': abortsMs } };
  },
};

/** One worker with three runs. Returns milliseconds. */
async function freezeAtWork(stage: Stage) {
  await stage.setUp({ workers: 1, worker: { env: shortLease } });
  const [victim] = stage.workers;
  const guest = await stage.signIn();
  const turns = [
    // Its words wait in the sleeper's socket: more than fit into its sleep.
    await stage.ask(guest, 'words=150 delay=20'),
    // Its provider says nothing more; the second one that is asked does.
    await stage.ask(guest, 'words=60 hang-after=50 times=1', { by: 'events' }),
  ];
  const inTool = await stage.ask(guest, 'steps=2 words=5 tool=record input={"gate":"never"}');
  await Promise.all([...turns.map((turn) => turn.wordsOf(1)), stage.tools.until(isOf(inTool), 'the tool to start')]);
  const sleptAt = instant();
  victim!.signal('SIGSTOP');
  await stage.startWorker(victim!.plan.options);
  await Promise.all([...turns, inTool].map((turn) => turn.wordsOf(2)));
  const wokenAt = instant();
  victim!.signal('SIGCONT');
  const aborts = await Promise.all(turns.map((turn) => abortOf(stage, turn)));
  await stage.tools.until((start) => isOf(inTool)(start) && start.abortedAt !== null, 'the tool to be given up');
  await stage.expectEnd([...turns, inTool], 'succeeded');
  const takeovers = await readTakeovers(stage, turns, { victim: victim!, killedAt: sleptAt });
  return { takeovers, aborts: aborts.map((abortedAt) => abortedAt - wokenAt) };
}

function drawWrites(stage: Stage): RacePoint[] {
  const first = stage.random(0, writes.length - 1);
  return Array.from({ length: drawn }, (_, i) => writes[(first + 2 * i) % writes.length]!);
}

/** Each worker stands still with a statement in its hand, which it sends when it wakes. */
async function freezeBeforeWrites(stage: Stage, points: readonly RacePoint[]): Promise<void> {
  const env = { ...shortLease, RUN_MAX_ATTEMPTS: '100' };
  await stage.setUp({ workers: points.length, worker: { env: { ...env, WORKER_CONCURRENCY: '1' } } });
  const sleepers = stage.workers;
  await Promise.all(sleepers.map((sleeper, i) => sleeper.arm(points[i]!, { action: 'freeze' })));
  const guest = await stage.signIn();
  const turns = await stage.askMany(guest, points.length, 'steps=2 words=40 delay=10 tool=record');
  await Promise.all(sleepers.map((sleeper) => sleeper.untilFrozen(30_000)));
  await stage.startWorker({ env });
  await within(40_000, 'the runs of sleeping workers to be taken over', wakeEach(stage, sleepers, turns));
  await stage.expectEnd(turns, 'succeeded');
}

/** Each as soon as everything that it had belongs to somebody who is awake. */
async function wakeEach(stage: Stage, sleepers: readonly ChaosProcess[], turns: readonly Turn[]): Promise<void> {
  const asleep = new Set(sleepers);
  const isAsleep = (pid: number) => [...asleep].some((sleeper) => sleeper.pid === pid);
  while (asleep.size > 0) {
    const attempts = await readAttempts(stage, turns);
    const ownerOf = new Map(attempts.map(({ runId, pid }) => [runId, pid]));
    for (const sleeper of asleep) {
      const had = attempts.filter(({ pid }) => pid === sleeper.pid);
      if (had.some(({ runId }) => isAsleep(ownerOf.get(runId)!))) continue;
      sleeper.signal('SIGCONT');
      asleep.delete(sleeper);
    }
    await pause(lookEveryMs);
  }
}

const isOf = ({ runId }: Turn) => (start: { runId: string }) => start.runId === runId;

/** When the provider saw that the sleeper's request, the first one, was given up. */
async function abortOf({ model }: Stage, { question }: Turn): Promise<number> {
  const [first] = await model.requests(question);
  const aborted = model.until(question, ({ id, abortedAt }) => id === first!.id && abortedAt !== null);
  return (await within(10_000, `the provider to see the abort of "${question}"`, aborted)).abortedAt!;
}
