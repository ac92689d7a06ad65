import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '#server/testing/eventually';
import { instant } from '#server/testing/model-answer';
import { expectSuccess } from '../attempts.ts';
import type { Guest } from '../guest.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { within } from '../within.ts';

/** Sessions that hear notifications, by the last thing they said; they are there for nothing else. */
const listeners = `
  SELECT pid FROM pg_stat_activity
   WHERE application_name IN ('holdfast listener', 'holdfast worker', 'pgboss') AND pid <> ALL ($1)
     AND query ~ '^(LISTEN|INSERT INTO worker|SELECT$|SELECT EXISTS.*pg_listening_channels)'`;

/** The sessions that LISTEN are ended by the server, while words flow. */
export const t6: Scenario = {
  id: 'T6',
  title: 'pg_terminate_backend of every session that listens',
  async run(stage) {
    await stage.setUp({ workers: 2 });
    await stage.database.untilSweepsAct();
    const guest = await stage.signIn();
    const rounds = stage.pick(3, 50);
    const healedMs: number[] = [];
    const stopsMs: number[] = [];
    let ended = 0;
    for (let round = 0; round < rounds; round++) {
      const turns = await stage.askMany(guest, 4, 'words=100 delay=10');
      await Promise.all(turns.map((turn) => turn.wordsOf(1)));
      await pause(stage.random(0, 500));
      const strike = await endListeners(stage);
      ended += strike.ended;
      healedMs.push(strike.healedMs);
      stopsMs.push(await stopOnce(stage, guest));
      await expectSuccess(stage, turns);
    }
    stage.expectP95('everybody listens again', healedMs, 5_000);
    stage.expectP95('a stop reaches the provider afterwards', stopsMs, 200);
    return {
      iterations: rounds,
      struck: { 'listening session': ended },
      measured: { healed: healedMs, 'stop afterwards': stopsMs },
    };
  },
};

/** Resolves when as many sessions as before listen again. */
async function endListeners({ database }: Stage): Promise<{ ended: number; healedMs: number }> {
  const listenersBut = async (gone: number[]) => {
    const { rows } = await database.pool.query<{ pid: number }>(listeners, [gone]);
    return rows.map(({ pid }) => pid);
  };
  const pids = await listenersBut([]);
  const endedAt = instant();
  await database.pool.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);
  await eventually('everybody to listen again', async () => (await listenersBut(pids)).length >= pids.length);
  return { ended: pids.length, healedMs: instant() - endedAt };
}

/** @returns milliseconds from the press to the end of the provider's request, which says nothing meanwhile */
async function stopOnce(stage: Stage, guest: Guest): Promise<number> {
  const turn = await stage.ask(guest, 'words=20 hang-after=10');
  // The answer's beginning is told before the provider is asked: a stop in between would reach nobody.
  await stage.model.until(turn.question, ({ firstPieceAt }) => firstPieceAt !== null);
  const pressedAt = instant();
  await guest.stop(turn.runId);
  const aborted = stage.model.until(turn.question, ({ abortedAt }) => abortedAt !== null);
  const { abortedAt } = await within(10_000, 'the provider to see the stop', aborted);
  const run = await turn.ended();
  if (run.status !== 'aborted') stage.fail(`${run.id} was stopped and ended as ${run.status}`);
  return abortedAt! - pressedAt;
}
