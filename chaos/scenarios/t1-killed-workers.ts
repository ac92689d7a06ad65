import { setTimeout as pause } from 'node:timers/promises';
import type { RunEvent } from '#domain/run-event';
import { decideRestart } from '../../scripts/restart-delay.js';
import type { ChaosProcess } from '../chaos-process.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { readTakeovers } from '../takeovers.ts';
import type { Turn } from '../turn.ts';

/** Three steps, six hundred words, two tools on the way. */
const directives = 'steps=3 words=200 delay=1 tool=record input={"takeMs":30}';
const runsAtOnce = 3;
/** How much such a run has to say, at least. */
const chunks = 600;
/** So that the blow does not always fall where a flush has just ended. */
const longestJitterMs = 25;

/** kill -9 of a worker at random moments. */
export const t1: Scenario = {
  id: 'T1',
  title: 'kill -9 a worker at a random moment',
  async run(stage) {
    const worker = { env: { RUN_LEASE_SECONDS: '15' } };
    await stage.setUp({ workers: 2, worker });
    await stage.database.untilSweepsAct();
    const beside = await playRounds(stage, { rounds: stage.pick(2, 150), isAlone: false });
    await stage.setUp({ workers: 1, worker });
    const alone = await playRounds(stage, { rounds: stage.pick(1, 50), isAlone: true });
    stage.expectP95('words flow again from a second worker', beside.takeoversMs, 3_000);
    stage.expectP95('words flow again from a restarted worker', alone.takeoversMs, 5_000);
    const kills = beside.kills + alone.kills;
    return {
      iterations: kills,
      struck: { 'kill -9 worker': kills },
      takeoversMs: [...beside.takeoversMs, ...alone.takeoversMs],
      measured: { 'second worker': beside.takeoversMs, 'restarted worker': alone.takeoversMs },
    };
  },
};

type Rounds = { rounds: number; isAlone: boolean };

async function playRounds(stage: Stage, { rounds, isAlone }: Rounds) {
  const guest = await stage.signIn();
  const takeoversMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const turns = await stage.askMany(guest, runsAtOnce, directives);
    const victim = await untilStrikable(stage, turns[stage.random(0, runsAtOnce - 1)]!);
    const killedAt = await victim.kill();
    const revived = isAlone ? startAsSupervisorDoes(stage, victim) : stage.revive(victim);
    takeoversMs.push(...(await endOf(stage, turns, { victim, killedAt })));
    await revived;
  }
  return { kills: rounds, takeoversMs };
}

/** The worker that has this run, at a random moment of it; any, once it is over. */
async function untilStrikable(stage: Stage, { runId, follower, ended }: Turn): Promise<ChaosProcess> {
  const last = stage.random(0, chunks);
  if (last > 0) {
    const isFar = (event: RunEvent) => event.type === 'chunks' && event.runId === runId && event.toSeq >= last;
    await follower.until(isFar, `chunk ${last} of ${runId}`);
  }
  const victim = await Promise.race([stage.ownerOf(runId), ended().then(() => stage.workers[0]!)]);
  await pause(stage.random(0, longestJitterMs));
  return victim;
}

async function startAsSupervisorDoes(stage: Stage, victim: ChaosProcess): Promise<void> {
  await pause(decideRestart(0, Infinity).delayMs);
  await stage.revive(victim);
}

type Kill = { victim: ChaosProcess; killedAt: number };

async function endOf(stage: Stage, turns: readonly Turn[], kill: Kill): Promise<number[]> {
  await stage.expectEnd(turns, 'succeeded');
  for (const { runId } of turns) {
    if (stage.tools.startsOf(runId).length > 2) stage.fail(`${runId}: a tool was started again`);
  }
  return readTakeovers(stage, turns, kill);
}
