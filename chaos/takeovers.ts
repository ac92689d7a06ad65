import type { ChaosProcess } from './chaos-process.ts';
import type { Stage } from './stage.ts';
import type { Turn } from './turn.ts';

/**
 * How long it took, from the loss of a worker, until words of each run that it held arrived again.
 *
 * @param turns that are over
 * @param loss the worker, and when it was lost (ms since 1970)
 * @returns milliseconds, one for each run that somebody else took up and had something to say in
 */
export async function readTakeovers(
  { database }: Pick<Stage, 'database'>,
  turns: readonly Turn[],
  { victim, killedAt }: { victim: Pick<ChaosProcess, 'pid'>; killedAt: number },
): Promise<number[]> {
  const { rows } = await database.pool.query<{ run_id: string; epoch: number }>(
    `SELECT attempt.run_id, attempt.epoch FROM run_attempt AS attempt JOIN worker ON worker.id = attempt.worker_id
      WHERE attempt.run_id = ANY ($1::uuid[]) AND worker.pid = $2
        AND attempt.end_reason IN ('worker_died', 'lease_expired', 'released', 'cut_off')
        AND EXISTS (SELECT FROM run_attempt AS next WHERE next.run_id = attempt.run_id AND next.epoch > attempt.epoch)`,
    [turns.map(({ runId }) => runId), victim.pid],
  );
  return rows.flatMap(({ run_id, epoch }) => {
    const heardAt = turns.find(({ runId }) => runId === run_id)!.heardAt(epoch + 1);
    return heardAt === null ? [] : [heardAt - killedAt];
  });
}
