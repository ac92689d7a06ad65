import type { ChaosProcess } from '../chaos-process.ts';
import type { Guest } from '../guest.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { readTakeovers } from '../takeovers.ts';
import type { Turn } from '../turn.ts';

const directives = 'words=200 delay=5';
const runsAtOnce = 4;

/** Long enough for those who stand still for a moment. */
const longLease = { RUN_LEASE_SECONDS: '15' };

/** Five processes sweep; each loss is to be one takeover. */
export const t17: Scenario = {
  id: 'T17',
  title: 'five sweepers at once',
  async run(stage) {
    await stage.setUp({ webs: 2, workers: 3, worker: { env: longLease } });
    await stage.database.untilSweepsAct();
    const guest = await stage.signIn();
    const [kills, lateSweeps, freezes] = stage.pick([1, 1, 1], [30, 20, 10]);
    const takeoversMs: number[] = [];
    for (let round = 0; round < kills; round++) takeoversMs.push(...(await strike(stage, guest, kill)));
    for (let round = 0; round < lateSweeps; round++) await strike(stage, guest, killBesideLateSweeper);
    await stage.setUp({ webs: 2, workers: 3 });
    for (let round = 0; round < freezes; round++) await strike(stage, guest, freezeAndThaw);
    return {
      iterations: kills + lateSweeps + freezes,
      struck: { 'kill -9 worker': kills + lateSweeps, 'late sweeper': lateSweeps, 'SIGSTOP worker': freezes },
      takeoversMs,
    };
  },
};

/** Resolves when everybody is there again, with the instant of the loss. @param witness a run that the victim has */
type Blow = (stage: Stage, victim: ChaosProcess, witness: Turn) => Promise<number>;

const kill: Blow = async (stage, victim) => {
  const killedAt = await victim.kill();
  await stage.revive(victim);
  return killedAt;
};

/** One sweeper sees the loss first, and deals with it when others have long done so. */
const killBesideLateSweeper: Blow = async (stage, victim, witness) => {
  const late = stage.webs[1]!;
  const others = [stage.webs[0]!, ...stage.workers].filter((each) => each !== victim);
  await late.arm('before-expire', { action: 'freeze' });
  for (const other of others) other.signal('SIGSTOP');
  const killedAt = await victim.kill();
  await late.untilFrozen();
  for (const other of others) other.signal('SIGCONT');
  const revived = stage.revive(victim);
  await witness.wordsOf(2);
  late.signal('SIGCONT');
  await Promise.all([late.disarm(), revived]);
  return killedAt;
};

/** Past its lease, so that every sweeper may take its runs for lost. */
const freezeAndThaw: Blow = async (_, victim, witness) => {
  victim.signal('SIGSTOP');
  await witness.wordsOf(2);
  victim.signal('SIGCONT');
  return 0;
};

async function strike(stage: Stage, guest: Guest, blow: Blow): Promise<number[]> {
  const turns = await stage.askMany(guest, runsAtOnce, directives);
  await Promise.all(turns.map((turn) => turn.wordsOf(1)));
  const victim = await stage.ownerOf(turns[0]!.runId);
  const killedAt = await blow(stage, victim, turns[0]!);
  for (const turn of turns) {
    const { status, id } = await turn.ended();
    if (status !== 'succeeded') stage.fail(`${id} ended as ${status}`);
  }
  for (const { runId, epochs, losses, isWronged } of await readEpochs(stage, turns)) {
    if (epochs !== losses + 1) stage.fail(`${runId} was claimed ${epochs} times, and lost ${losses} times`);
    if (isWronged) stage.fail(`${runId} was taken for lost while its new owner was well`);
    if (losses > 1) stage.fail(`${runId} was lost ${losses} times by one blow`);
  }
  return blow === kill ? readTakeovers(stage, turns, { victim, killedAt }) : [];
}

type Epochs = { runId: string; epochs: number; losses: number; isWronged: boolean };

async function readEpochs({ database }: Stage, turns: readonly Turn[]): Promise<Epochs[]> {
  const { rows } = await database.pool.query<Epochs>(
    `SELECT run.id AS "runId", run.epoch AS epochs,
            coalesce(run.interrupted_at > last.started_at, false) AS "isWronged",
            (SELECT count(*)::int FROM run_attempt
              WHERE run_id = run.id AND end_reason IN ('worker_died', 'lease_expired')) AS losses
       FROM run JOIN run_attempt AS last ON last.run_id = run.id AND last.epoch = run.epoch
      WHERE run.id = ANY ($1::uuid[])`,
    [turns.map(({ runId }) => runId)],
  );
  return rows;
}
