import { setTimeout as pause } from 'node:timers/promises';
import type { RunView } from '#domain/run-view';
import { instant } from '#server/testing/model-answer';
import type { Guest } from '../guest.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Turn } from '../turn.ts';

/** A gate that stays closed, a tool that goes on, and plain words. */
const questions = [
  'words=400 delay=10',
  'words=5 gate=t16-closed',
  'steps=2 words=5 tool=recordIdempotent input={"takeMs":60000}',
] as const;
/** A dead process is noticed by the next sweep; half a second, and a little for two of them. */
const noticedWithinMs = 1_500;

/** kill -9 of the owner, and somebody presses Stop before anybody has taken the run up. */
export const t16: Scenario = {
  id: 'T16',
  title: 'Stop while the owner is dead',
  async run(stage) {
    await stage.setUp({ webs: 2, workers: 1 });
    await stage.database.untilSweepsAct();
    const guest = await stage.signIn();
    const settledMs: number[] = [];
    const rounds = stage.pick(3, 30);
    // In every second round a successor has been rung for, and is about to claim.
    for (let round = 0; round < rounds; round++) settledMs.push(...(await strike(stage, guest, { race: round % 2 === 1 })));
    stage.expectP95('a stopped run without an owner is settled', settledMs, noticedWithinMs);
    return {
      iterations: rounds,
      struck: { 'kill -9 worker': rounds, stop: rounds * questions.length },
      measured: { 'settled after': settledMs },
    };
  },
};

async function strike(stage: Stage, guest: Guest, { race }: { race: boolean }): Promise<number[]> {
  const turns = await Promise.all(questions.map((directives) => stage.ask(guest, directives)));
  await Promise.all(turns.map(({ question }) => stage.model.until(question, () => true)));
  await pause(stage.random(0, 200));
  const [victim] = stage.workers;
  const successor = race ? await stage.startWorker() : null;
  await successor?.arm('before-claim', { action: 'freeze' });
  await victim!.kill();
  await successor?.untilFrozen();
  const settled = turns.map((turn) => stopAndSee(stage, turn, () => successor?.signal('SIGCONT')));
  const settledMs = await Promise.all(settled);
  await successor?.disarm();
  if (!successor) await stage.revive(victim!);
  return settledMs;
}

async function stopAndSee(stage: Stage, turn: Turn, then: () => void): Promise<number> {
  const pressedAt = instant();
  const { run } = await turn.guest.at(stage.webs[1]!).call.run.stop.mutate({ runId: turn.runId });
  const stopped = run as RunView;
  then();
  const ended = await turn.ended();
  if (ended.status !== 'aborted') stage.fail(`${turn.runId} was stopped without an owner and ended as ${ended.status}`);
  const { rows } = await stage.database.pool.query<{ epoch: number }>(
    'SELECT max(epoch) AS epoch FROM run_attempt WHERE run_id = $1',
    [turn.runId],
  );
  // The sweeper that ends it raises the run's own epoch; only a claim makes an attempt.
  if (rows[0]!.epoch > stopped.epoch) stage.fail(`${turn.runId} was resumed after its stop (epoch ${rows[0]!.epoch})`);
  return instant() - pressedAt;
}
