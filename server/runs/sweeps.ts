/**
 * Sweeps: what finds the runs that nobody looks after. Every worker and every web process sweeps; concurrent sweepers
 * are harmless, since each row is changed by one guarded statement. Each function is bounded, keeps nothing for the next
 * time, and those that change something return how many they have changed or rung for.
 */
import { sendStrandedMessage } from './change-queue.ts';
import { repeatDoorbell, ringDoorbell } from './doorbell.ts';
import type { ChatHint } from './hints.ts';
import { workerLockClass } from './liveness.ts';
import { isWaiting } from './queue.ts';
import { decideRescue } from './retry-policy.ts';
import type { RunDatabase } from './run-database.ts';
import { settleLostRun, settleRunUnguarded } from './settle.ts';
import { expireRun, requestStop } from './transitions.ts';

export const sweepBatchSize = 100;
/** After a restart of the database all locks have fallen and leases have run out; owners get this long to come back. */
const restartGraceSeconds = 10;

type SweptRun = {
  id: string;
  chat_id: string;
  epoch: number;
  attempt: number;
  priority: number;
  stop_requested: boolean;
};

const sweptColumns =
  'run.id, run.chat_id, run.epoch, run.attempt, run.priority, run.stop_requested_at IS NOT NULL AS stop_requested';

/**
 * One run that cannot be dealt with must not keep the others from it. What was read about the later ones is old by then:
 * `work` must look again.
 *
 * @returns how often `work` did something
 * @throws the first failure, at the end
 */
async function forEachRun<T>(rows: readonly T[], work: (row: T) => Promise<boolean>): Promise<number> {
  const failures: unknown[] = [];
  let done = 0;
  for (const row of rows) {
    try {
      if (await work(row)) done++;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return done;
}

/** Ring again for pending runs that have waited. @param olderThanSeconds how long a doorbell may take */
export async function ringForWaitingRuns(db: RunDatabase, olderThanSeconds: number): Promise<number> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT id FROM run
      WHERE status = 'pending' AND greatest(available_at, created_at) < now() - make_interval(secs => $1)
      ORDER BY created_at LIMIT $2`,
    [olderThanSeconds, sweepBatchSize],
  );
  return forEachRun(rows, ({ id }) => repeatDoorbell(db, { runId: id }));
}

/**
 * Lock keys of the workers that own runs and whose session has fallen.
 *
 * @param graceSeconds for tests
 */
export async function findDeadOwners(db: RunDatabase, graceSeconds = restartGraceSeconds): Promise<number[]> {
  const { rows } = await db.pool.query<{ lock_key: number }>(
    `SELECT owner.lock_key FROM (
       SELECT DISTINCT worker.lock_key FROM worker JOIN run ON run.worker_id = worker.id
        WHERE run.status = 'running' AND run.lease_expires_at > now()
     ) AS owner
      WHERE now() > pg_postmaster_start_time() + make_interval(secs => $1)
        AND pg_try_advisory_xact_lock_shared($2, owner.lock_key)`,
    [graceSeconds, workerLockClass],
  );
  return rows.map((row) => row.lock_key);
}

/** Expire the runs of workers whose session has fallen, so that others take them now rather than after the lease. */
export async function expireRunsOfDeadWorkers(db: RunDatabase, lockKeys: readonly number[]): Promise<number> {
  const { rows } = await db.pool.query<SweptRun>(
    `SELECT ${sweptColumns} FROM run JOIN worker ON worker.id = run.worker_id
      WHERE run.status = 'running' AND run.lease_expires_at > now() AND worker.lock_key = ANY ($1::int[]) LIMIT $2`,
    [lockKeys, sweepBatchSize],
  );
  return forEachRun(rows, async (run) => {
    const expired = await expireRun(db, { runId: run.id, epoch: run.epoch, reason: 'worker_died' });
    if (expired) await ringDoorbell(db, { runId: run.id, priority: run.priority });
    return expired;
  });
}

/**
 * Runs whose lease has expired: settled where a stop was requested or attempts are spent, else rung for.
 *
 * @param graceSeconds for tests
 */
export async function rescueExpiredRuns(
  db: RunDatabase,
  maxAttempts: number,
  graceSeconds = restartGraceSeconds,
): Promise<number> {
  const { rows } = await db.pool.query<SweptRun>(
    `SELECT ${sweptColumns} FROM run
      WHERE status = 'running' AND lease_expires_at <= now()
        AND now() > pg_postmaster_start_time() + make_interval(secs => $1)
      ORDER BY lease_expires_at LIMIT $2`,
    [graceSeconds, sweepBatchSize],
  );
  return forEachRun(rows, (run) => rescueRun(db, run, maxAttempts));
}

async function rescueRun(db: RunDatabase, run: SweptRun, maxAttempts: number): Promise<boolean> {
  const decision = decideRescue({ stopRequested: run.stop_requested, attempt: run.attempt }, maxAttempts);
  const { id: runId, chat_id: chatId, epoch, priority } = run;
  switch (decision.kind) {
    case 'settle':
      return (await settleLostRun(db, { runId, chatId, epoch }, decision.outcome)) === 'settled';
    case 'ring':
      // The one sweeper whose expireRun lands rings at once; later rounds are throttled.
      if (!(await expireRun(db, { runId, epoch, reason: 'lease_expired' }))) return repeatDoorbell(db, { runId });
      await ringDoorbell(db, { runId, priority });
      return true;
  }
}

/** A chat was deleted and its run was not stopped: nobody will read the answer, and the model is still paid. */
export async function stopRunsOfDeletedChats(db: RunDatabase): Promise<number> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT run.id FROM run JOIN chat ON chat.id = run.chat_id
      WHERE run.status IN ('pending', 'running') AND run.stop_requested_at IS NULL AND chat.deleted_at IS NOT NULL
      LIMIT $1`,
    [sweepBatchSize],
  );
  return forEachRun(rows, async ({ id }) => (await requestStop(db, { runId: id, userId: null })) !== null);
}

/** Answers that say "streaming" while no run writes them: cannot happen, and is repaired if it does. */
export async function repairOrphanedAnswers(db: RunDatabase): Promise<number> {
  const { rows } = await db.pool.query<ChatHint>(
    `WITH orphan AS (
       SELECT message.chat_id, message.id, coalesce(
                (SELECT CASE run.status WHEN 'succeeded' THEN 'completed' WHEN 'failed' THEN 'failed' ELSE 'aborted' END
                   FROM run WHERE run.chat_id = message.chat_id AND run.assistant_message_id = message.id
                  ORDER BY run.revision DESC LIMIT 1), 'aborted') AS status
         FROM message
        WHERE message.status = 'streaming' AND message.created_at < now() - interval '1 minute'
          AND NOT EXISTS (SELECT FROM run WHERE run.chat_id = message.chat_id AND run.assistant_message_id = message.id
                                            AND run.status IN ('pending', 'running'))
        LIMIT $1
     ), bumped AS (
       UPDATE chat SET revision = revision + 1, updated_at = now()
        WHERE id IN (SELECT chat_id FROM orphan)
       RETURNING id, workspace_id, revision
     )
     UPDATE message SET status = orphan.status::message_status, revision = bumped.revision, updated_at = now()
       FROM orphan JOIN bumped ON bumped.id = orphan.chat_id
      WHERE message.chat_id = orphan.chat_id AND message.id = orphan.id AND message.status = 'streaming'
     RETURNING message.chat_id AS "chatId", bumped.workspace_id AS "workspaceId"`,
    [sweepBatchSize],
  );
  for (const repaired of rows) db.hints.chatChanged(repaired);
  return rows.length;
}

/** Messages that wait behind no active run: the settlement before them could not send them. */
export async function sendStrandedMessages(db: RunDatabase): Promise<number> {
  const { rows } = await db.pool.query<ChatHint>(
    `SELECT DISTINCT message.chat_id AS "chatId", message.workspace_id AS "workspaceId"
       FROM message JOIN chat ON chat.id = message.chat_id AND chat.deleted_at IS NULL
      WHERE ${isWaiting}
        AND NOT EXISTS (SELECT FROM run WHERE run.chat_id = message.chat_id AND run.status IN ('pending', 'running'))
      LIMIT $1`,
    [sweepBatchSize],
  );
  return forEachRun(rows, (chat) => sendStrandedMessage(db, chat));
}

/** Delete the journals of runs that ended long enough ago; their messages have it all. @param graceSeconds after the end */
export async function pruneJournals(db: RunDatabase, graceSeconds: number): Promise<number> {
  const { rowCount } = await db.pool.query(
    `WITH settled AS (
       SELECT id FROM run
        WHERE finished_at < now() - make_interval(secs => $1) AND journal_pruned_at IS NULL
        ORDER BY finished_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
     ), pruned AS (
       DELETE FROM run_chunk USING settled WHERE run_chunk.run_id = settled.id
     )
     UPDATE run SET journal_pruned_at = now() FROM settled WHERE run.id = settled.id`,
    [graceSeconds, sweepBatchSize],
  );
  return rowCount ?? 0;
}

/**
 * Delete the journals of runs that were deleted themselves, with their chat or workspace: no foreign key does it. The
 * journal is small, since what has ended is pruned.
 */
export async function pruneOrphanedJournals(db: RunDatabase): Promise<number> {
  const { rowCount } = await db.pool.query(
    `WITH gone AS (
       SELECT DISTINCT run_id FROM run_chunk
        WHERE NOT EXISTS (SELECT FROM run WHERE run.id = run_chunk.run_id) LIMIT $1
     ), pruned AS (
       DELETE FROM run_chunk USING gone WHERE run_chunk.run_id = gone.run_id
     )
     SELECT FROM gone`,
    [sweepBatchSize],
  );
  return rowCount ?? 0;
}

/** Forget workers that have been gone for a day and own nothing. */
export async function forgetGoneWorkers(db: RunDatabase): Promise<number> {
  const { rowCount } = await db.pool.query(
    `DELETE FROM worker WHERE seen_at < now() - interval '1 day'
        AND NOT EXISTS (SELECT FROM run WHERE run.worker_id = worker.id AND run.status = 'running')`,
  );
  return rowCount ?? 0;
}

/**
 * Settle every active run, however fresh: for the boot of an installation with exactly one process and no other
 * instance. Our own processes never call it; with a second instance alive it would end that one's healthy runs.
 */
export async function settleAllRunsAsOnlyProcess(db: RunDatabase): Promise<number> {
  const { rows } = await db.pool.query<SweptRun>(
    `SELECT ${sweptColumns} FROM run WHERE status IN ('pending', 'running') ORDER BY id`,
  );
  for (const run of rows) {
    const outcome = { kind: 'failed', code: 'WORKER_LOST', detail: 'settled at the boot of the only process' } as const;
    await settleRunUnguarded(db, { runId: run.id, chatId: run.chat_id, epoch: run.epoch }, outcome);
  }
  return rows.length;
}
