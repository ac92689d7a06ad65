/** I10: nothing is stuck. All by the database's clock and as of one instant; patience is generous, so that busy is not stuck. */
import type pg from 'pg';
import { runDoorbellQueue } from '#server/runs/doorbell';
import type { Violation } from './violation.ts';

/** Two rounds of the sweeper, and the ten seconds within which a run is not rung for again. */
const sweepsSeconds = 1;
const repeatSeconds = 10;
/** Sweepers stand back for so long after a restart of the database. */
const restartSeconds = 10;
/** A run on its last attempt may be put off for so long, though it is rung for: probation.ts. */
const putOffSeconds = 60;
const spareSeconds = 5;

type StuckRow = { chatId: string; runId: string | null; what: string };

export type StuckOptions = {
  /** the longest of the installation */
  leaseSeconds: number;
  /** for tests: another instant than the database's */
  now?: Date | undefined;
};

/**
 * Active runs that nobody works on and nobody will look at, answers that nobody writes, and queued messages that nothing sends.
 *
 * @param client in the transaction that sees the instant in question
 * @param chatIds only these
 */
export async function checkStuck(
  client: pg.ClientBase,
  chatIds: readonly string[],
  { leaseSeconds, now }: StuckOptions,
): Promise<Violation[]> {
  const patienceSeconds = sweepsSeconds + repeatSeconds + spareSeconds;
  const { rows } = await client.query<StuckRow>(
    `WITH clock AS (
       SELECT coalesce($1, now()) AS instant, pg_postmaster_start_time() + make_interval(secs => $2::int) AS back_at
     ), active AS (
       SELECT run.id, run.chat_id, run.assistant_message_id, run.status,
              extract(epoch FROM run.lease_expires_at - instant)::int AS lease_left,
              extract(epoch FROM instant - greatest(run.lease_expires_at, back_at))::int AS expired_for,
              extract(epoch FROM instant - greatest(run.available_at, run.created_at, back_at))::int AS waited_for,
              EXISTS (SELECT FROM pgboss.job
                       WHERE name = $3 AND data ->> 'runId' = run.id::text AND state <= 'active') AS has_doorbell,
              EXISTS (SELECT FROM pgboss.job
                       WHERE name = $3 AND data ->> 'runId' = run.id::text
                         AND created_on > instant - make_interval(secs => $4::int)) AS was_rung_for
         FROM run CROSS JOIN clock
        WHERE run.chat_id = ANY ($5::uuid[]) AND run.status IN ('pending', 'running')
     )
     SELECT chat_id AS "chatId", id AS "runId",
            format('its lease ended %s s ago, and no doorbell waits', -lease_left) AS what
       FROM active
      WHERE status = 'running' AND NOT has_doorbell
        AND expired_for > $4::int + CASE WHEN was_rung_for THEN $6::int ELSE 0 END
     UNION ALL
     SELECT chat_id, id, format('it has waited for %s s to be claimed, and no doorbell waits', waited_for)
       FROM active WHERE status = 'pending' AND NOT has_doorbell AND waited_for > $4::int
     UNION ALL
     SELECT chat_id, id, format('its lease is good for another %s s, longer than any', lease_left)
       FROM active WHERE status = 'running' AND lease_left > $7::int + 1
     UNION ALL
     SELECT message.chat_id, NULL, format('the answer %s is streaming, and no run writes it', message.id)
       FROM message
      WHERE message.chat_id = ANY ($5::uuid[]) AND message.status = 'streaming'
        AND NOT EXISTS (SELECT FROM active
                         WHERE active.chat_id = message.chat_id AND active.assistant_message_id = message.id)
     UNION ALL
     SELECT message.chat_id, NULL, format('the message %s is queued behind no run, and nothing holds it', message.id)
       FROM message
      WHERE message.chat_id = ANY ($5::uuid[]) AND message.status = 'queued' AND message.deleted_at IS NULL
        AND message.queue_held_at IS NULL AND NOT EXISTS (SELECT FROM active WHERE active.chat_id = message.chat_id)`,
    [now ?? null, restartSeconds, runDoorbellQueue.name, patienceSeconds, chatIds, putOffSeconds, Math.ceil(leaseSeconds)],
  );
  return rows.map((row) => ({ invariant: 'I10', ...row }));
}
