import { setTimeout as pause } from 'node:timers/promises';
import { instant } from '#server/testing/model-answer';
import { summarise } from '#server/testing/quantiles';
import type { Guest } from '../guest.ts';
import { heardText } from '../heard-text.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { stampsHeard } from '../stamps.ts';
import type { Turn } from '../turn.ts';

const companions = 46;
/** Long enough to be seen, and shorter than the lease: its owner waits. */
const lockMs = 1_500;

/** Fifty runs in one process, and so in each flush; four of them meet what a flush must not stumble over. */
export const t26: Scenario = {
  id: 'T26',
  title: 'NUL, lone surrogate, 1 MB, a locked and a fenced run among fifty',
  async run(stage) {
    await stage.setUp({ webs: 1, workers: 1 });
    const rounds = stage.pick(1, 10);
    const measured = { 'beside a locked row': [] as number[], 'fenced owner lets go': [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const { besideMs, fencedMs } = await playRound(stage);
      measured['beside a locked row'].push(...besideMs);
      measured['fenced owner lets go'].push(fencedMs);
    }
    stage.expectAtMost('words beside a locked row (p50)', summarise(measured['beside a locked row']).p50, 150);
    stage.expectP95('the fenced owner aborts its request', measured['fenced owner lets go'], 1_000);
    const struck = { 'row lock': rounds, fence: rounds, 'dirty answer': rounds, '1 MB delta': rounds };
    return { iterations: rounds, struck, measured };
  },
};

async function playRound(stage: Stage): Promise<{ besideMs: number[]; fencedMs: number }> {
  const guest = await stage.signIn();
  const others = await stage.askMany(guest, companions, 'words=80 delay=50 stamp');
  const [locked, fenced] = await stage.askMany(guest, 2, 'words=200 delay=15');
  await Promise.all([locked, fenced, ...others].map((turn) => turn!.wordsOf(1)));
  const lockedFrom = instant();
  const [fencedMs] = await Promise.all([
    fence(stage, fenced!),
    lock(stage, locked!),
    expectClean(stage, guest),
    stage.ask(guest, 'words=5 huge=1000000').then((big) => expectSuccess(stage, big)),
  ]);
  for (const turn of [locked!, fenced!, ...others]) await expectSuccess(stage, turn);
  const words = others.flatMap(({ follower, runId }) => stampsHeard(follower, runId));
  const beside = words.filter(({ at, ms }) => at - ms > lockedFrom && at - ms < lockedFrom + lockMs);
  return { besideMs: beside.map(({ ms }) => ms), fencedMs };
}

async function expectSuccess(stage: Stage, turn: Turn): Promise<void> {
  const { id, status } = await turn.ended();
  if (status !== 'succeeded') stage.fail(`${id} ended as ${status}`);
}

/** Somebody holds its row: it waits, and goes on by itself under the same owner. */
async function lock(stage: Stage, turn: Turn): Promise<void> {
  const client = await stage.database.pool.connect();
  const { events } = turn.follower;
  try {
    await client.query('BEGIN');
    await client.query('SELECT FROM run WHERE id = $1 FOR UPDATE', [turn.runId]);
    // What was committed just before is still on its way.
    await pause(lockMs / 3);
    const heard = events.length;
    await pause((lockMs * 2) / 3);
    if (events.length > heard) stage.fail(`${turn.runId} was told further while its row was locked`);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
  const { epoch, id } = await turn.ended();
  if (epoch !== 1) stage.fail(`${id} was taken up ${epoch} times because its row was locked for ${lockMs} ms`);
}

/** Another owner has it, as far as the database says; one that writes nothing. @returns ms until the first lets go */
async function fence(stage: Stage, { runId, question }: Turn): Promise<number> {
  const fencedAt = instant();
  await stage.database.pool.query(
    `WITH fenced AS (
       UPDATE run SET epoch = epoch + 1, lease_expires_at = now() WHERE id = $1 RETURNING *
     ), ended AS (
       UPDATE run_attempt SET ended_at = now(), end_reason = 'lease_expired'
         FROM fenced WHERE run_id = fenced.id AND run_attempt.epoch < fenced.epoch AND ended_at IS NULL
     )
     INSERT INTO run_attempt (run_id, epoch, workspace_id, worker_id, last_seq)
     SELECT id, epoch, workspace_id, worker_id, last_seq FROM fenced`,
    [runId],
  );
  const { abortedAt } = await stage.model.until(question, (request) => request.abortedAt !== null);
  return abortedAt! - fencedAt;
}

async function expectClean(stage: Stage, guest: Guest): Promise<void> {
  const turn = await stage.ask(guest, 'words=5 dirty');
  await expectSuccess(stage, turn);
  const text = heardText(turn);
  if (!text.endsWith('nul lone\uFFFD half 🚀 ')) stage.fail(`what cannot be stored was told as ${JSON.stringify(text)}`);
}
