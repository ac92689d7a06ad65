import { setTimeout as pause } from 'node:timers/promises';
import { instant } from '#server/testing/model-answer';
import { expectSuccess, readAttempts } from '../attempts.ts';
import type { ChaosProcess } from '../chaos-process.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Turn } from '../turn.ts';

const runsOfAKind = 4;
/** They outlast the outage: one in a single step, the other in two with a tool between them. */
const kinds = ['words=220 delay=20', 'steps=2 words=110 delay=20 tool=record'] as const;
const downMs = 3_000;

/** PostgreSQL is stopped as by a power cut, and comes back. */
export const t5: Scenario = {
  id: 'T5',
  title: 'PostgreSQL stop -m immediate, back after 3 s',
  async run(stage) {
    await stage.setUp({ workers: 0 });
    const owners = {
      // Its lease outlasts the outage: it goes on as if nothing had been.
      patient: await stage.startWorker({ env: { RUN_LEASE_SECONDS: '15' } }),
      // Its lease does not: it gives its runs back, and nobody is to blame.
      impatient: await stage.startWorker({ env: { RUN_LEASE_SECONDS: '3' } }),
    };
    const rounds = stage.pick(1, 10);
    const wordsAgainMs: number[] = [];
    for (let round = 0; round < rounds; round++) wordsAgainMs.push(...(await strike(stage, owners)));
    stage.expectP95('words flow again after the start', wordsAgainMs, 3_000);
    return {
      iterations: rounds,
      struck: { 'stop -m immediate': rounds },
      measured: { 'words again': wordsAgainMs },
    };
  },
};

type Owners = Record<'patient' | 'impatient', ChaosProcess>;

/** @returns for each run, how long after the database's start its words came again */
async function strike(stage: Stage, owners: Owners): Promise<number[]> {
  const guest = await stage.signIn();
  const idle = await stage.open(guest);
  const turns = (await Promise.all(kinds.map((kind) => stage.askMany(guest, runsOfAKind, kind)))).flat();
  await Promise.all(turns.map((turn) => turn.wordsOf(1)));
  await pause(stage.random(0, 500));
  await stage.database.stopImmediately();
  // Somebody asks meanwhile, and asks again until there is an answer.
  const asked = stage.send(idle, 'words=20');
  await pause(downMs);
  await stage.database.start();
  const startedAt = instant();
  const wordsAgainMs = await Promise.all(turns.map(async (turn) => (await wordsAfter(turn, startedAt)) - startedAt));
  await expectNothingSpent(stage, turns);
  await expectSuccess(stage, [...turns, await asked]);
  await expectNobodyDeclaredDead(stage, turns, owners);
  return wordsAgainMs;
}

async function wordsAfter({ follower, runId }: Turn, startedAt: number): Promise<number> {
  const heard = await follower.until(
    (event, { at }) => event.type === 'chunks' && event.runId === runId && at > startedAt,
    `words of ${runId} after the restart`,
  );
  return heard.at;
}

async function expectNobodyDeclaredDead(stage: Stage, turns: readonly Turn[], owners: Owners): Promise<void> {
  const attempts = await readAttempts(stage, turns);
  for (const { runId, epoch, endReason, pid } of attempts) {
    const isRight = endReason === 'settled' || (endReason === 'cut_off' && pid === owners.impatient.pid);
    if (!isRight) stage.fail(`${runId}: attempt ${epoch} ended as ${endReason}`);
  }
  if (attempts.every(({ endReason }) => endReason !== 'cut_off')) stage.fail('no lease has met the outage');
  if (attempts.every(({ pid, epoch }) => pid !== owners.patient.pid || epoch > 1)) stage.fail('no run was sat out');
}

/** To be asked before a step ends: that gives all attempts back. */
async function expectNothingSpent(stage: Stage, turns: readonly Turn[]): Promise<void> {
  const { rows } = await stage.database.pool.query<{ id: string; attempt: number }>(
    'SELECT id, attempt FROM run WHERE id = ANY ($1::uuid[]) AND attempt > 1',
    [turns.map(({ runId }) => runId)],
  );
  for (const { id, attempt } of rows) stage.fail(`${id} has spent ${attempt - 1} attempts`);
}
