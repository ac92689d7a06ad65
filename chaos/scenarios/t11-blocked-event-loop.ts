import { instant } from '#server/testing/model-answer';
import { expectSuccess } from '../attempts.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { readTakeovers } from '../takeovers.ts';
import type { Turn } from '../turn.ts';
import { within } from '../within.ts';

const leaseSeconds = 2;

/** A worker computes for longer than its lease. Unlike a frozen one it keeps its sockets and its session's lock. */
export const t11: Scenario = {
  id: 'T11',
  title: "a worker's event loop is blocked for longer than its lease",
  async run(stage) {
    const rounds = stage.pick(1, 10);
    const takeoversMs: number[] = [];
    const abortsMs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { takeovers, aborts } = await blockOnce(stage, stage.pick(3_000, 10_000));
      takeoversMs.push(...takeovers);
      abortsMs.push(...aborts);
    }
    stage.expectP95('words flow again from another worker', takeoversMs, (leaseSeconds + 5) * 1_000);
    stage.expectP95('provider request aborted after waking', abortsMs, 1_000);
    return {
      iterations: rounds,
      struck: { 'blocked event loop': rounds },
      takeoversMs,
      measured: { 'abort after waking': abortsMs },
    };
  },
};

async function blockOnce(stage: Stage, blockedMs: number) {
  await stage.setUp({ workers: 1, worker: { env: { RUN_LEASE_SECONDS: String(leaseSeconds) } } });
  await stage.database.untilSweepsAct();
  const [victim] = stage.workers;
  const guest = await stage.signIn();
  const turns = await Promise.all([
    // Its words wait in the blocked one's socket: twice as many as fit into the time, since another worker starts first.
    stage.ask(guest, `words=${blockedMs / 10} delay=20`),
    // Its provider says nothing more; the second one that is asked does.
    stage.ask(guest, 'words=60 hang-after=50 times=1', { by: 'events' }),
  ]);
  const inTool = await stage.ask(guest, 'steps=2 words=5 tool=recordIdempotent input={"gate":"work"}');
  const isOfTool = ({ runId }: { runId: string }) => runId === inTool.runId;
  await Promise.all([...turns.map((turn) => turn.wordsOf(1)), stage.tools.until(isOfTool, 'the tool to start')]);
  await stage.startWorker(victim!.plan.options);
  await victim!.block(blockedMs);
  const blockedAt = instant();
  await Promise.all(turns.map((turn) => turn.wordsOf(2)));
  const aborts = await Promise.all(turns.map((turn) => abortOf(stage, turn)));
  const isGivenUp = (start: { runId: string; abortedAt: number | null }) => isOfTool(start) && start.abortedAt !== null;
  await stage.tools.until(isGivenUp, 'the tool to be given up');
  await stage.tools.until((start) => isOfTool(start) && start.abortedAt === null, 'the tool to be started again');
  stage.tools.release('work');
  await expectSuccess(stage, [...turns, inTool]);
  const takeovers = await readTakeovers(stage, turns, { victim: victim!, killedAt: blockedAt });
  return { takeovers, aborts: aborts.map((abortedAt) => abortedAt - blockedAt - blockedMs) };
}

/** When the provider saw that the blocked one's request, the first one, was given up. */
async function abortOf({ model }: Stage, { question }: Turn): Promise<number> {
  const [first] = await model.requests(question);
  const aborted = model.until(question, ({ id, abortedAt }) => id === first!.id && abortedAt !== null);
  return (await within(10_000, `the provider to see the abort of "${question}"`, aborted)).abortedAt!;
}
