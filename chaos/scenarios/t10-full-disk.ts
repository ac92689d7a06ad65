import { setTimeout as pause } from 'node:timers/promises';
import { instant } from '#server/testing/model-answer';
import { expectSuccess } from '../attempts.ts';
import { fillDisk } from '../full-disk.ts';
import type { Guest } from '../guest.ts';
import { heardText } from '../heard-text.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Turn } from '../turn.ts';

const runsAtOnce = 4;

/** PostgreSQL has no space left for a while. How that is brought about without filling a disk: see fillDisk. */
export const t10: Scenario = {
  id: 'T10',
  title: 'no space left on the database’s disk (ENOSPC from a full device)',
  async run(stage) {
    stage.expectErrors(/no space left/i);
    await stage.setUp({ workers: 2, worker: { env: { RUN_LEASE_SECONDS: '15' } } });
    const guest = await stage.signIn();
    const rounds = stage.pick(1, 10);
    const toldMs: number[] = [];
    for (let round = 0; round < rounds; round++) toldMs.push(...(await strike(stage, guest)));
    stage.expectP95('told once there is space', toldMs, 6_000);
    return { iterations: rounds, struck: { 'full disk': rounds }, measured: { 'told after': toldMs } };
  },
};

/** @returns for each run, how long after there was space again its follower heard of its end */
async function strike(stage: Stage, guest: Guest): Promise<number[]> {
  const turns = await stage.askMany(guest, runsAtOnce, 'words=1000 delay=10');
  await Promise.all(turns.map((turn) => turn.wordsOf(1)));
  const chat = await stage.open(guest);
  const makeSpace = await fillDisk(stage.database);
  const heard = turns.map(heardText);
  await pause(stage.random(1_500, stage.pick(2_000, 8_000)));
  await makeSpace();
  const madeAt = instant();
  const toldMs = await Promise.all(turns.map(async (turn, i) => (await toldAt(stage, turn, heard[i]!)) - madeAt));
  await expectSuccess(stage, [await stage.send(chat, 'words=20')]);
  return toldMs;
}

/** It has failed, says why, and what was read before is still there. */
async function toldAt(stage: Stage, turn: Turn, heardBefore: string): Promise<number> {
  const { id, status, error } = await turn.ended();
  if (error?.code !== 'STORAGE_FULL') stage.fail(`${id} ended as ${status} (${error?.code})`);
  if (!heardText(turn).startsWith(heardBefore)) stage.fail(`${id}: text that was read is gone`);
  return turn.follower.events.findLast(({ event }) => event.type === 'run' && event.run?.id === id)!.at;
}
