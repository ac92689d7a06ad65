import type { RunAttemptEnd } from '#domain/run-view';
import type { Stage } from './stage.ts';
import type { Turn } from './turn.ts';

/** A worker's time with a run. */
export type AttemptSeen = {
  runId: string;
  epoch: number;
  endReason: RunAttemptEnd | null;
  /** of the worker's process */
  pid: number;
};

/** Every attempt at these turns, in the order of their epochs. */
export async function readAttempts({ database }: Pick<Stage, 'database'>, turns: readonly Turn[]): Promise<AttemptSeen[]> {
  const { rows } = await database.pool.query<AttemptSeen>(
    `SELECT attempt.run_id AS "runId", attempt.epoch, attempt.end_reason AS "endReason", worker.pid
       FROM run_attempt AS attempt JOIN worker ON worker.id = attempt.worker_id
      WHERE attempt.run_id = ANY ($1::uuid[]) ORDER BY attempt.run_id, attempt.epoch`,
    [turns.map(({ runId }) => runId)],
  );
  return rows;
}

/** The scenario fails for every run that more than one worker has had. */
export async function expectSingleAttempts(stage: Stage, turns: readonly Turn[]): Promise<void> {
  for (const { runId, epoch, endReason } of await readAttempts(stage, turns)) {
    if (epoch !== 1 || endReason !== 'settled') stage.fail(`${runId}: attempt ${epoch} ended as ${endReason}`);
  }
}

/** Wait for the end of each; the scenario fails for those that did not succeed. */
export async function expectSuccess(stage: Stage, turns: readonly Turn[], ms?: number): Promise<void> {
  for (const turn of turns) {
    const run = await turn.ended(ms);
    if (run.status !== 'succeeded') stage.fail(`${run.id} ended as ${run.status} (${run.error?.code})`);
  }
}
