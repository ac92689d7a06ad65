/**
 * Settle: the one way a run ends. One transaction closes open parts in the journal, folds it into the message, moves the
 * run to its terminal status, guarded by what the caller knows of the run, and sends the next queued message. A second
 * settle writes nothing and says so.
 */
import type pg from 'pg';
import { cleanValue } from './clean-chunk.ts';
import { inRingingTransaction } from './doorbell.ts';
import type { ChunkHint } from './hints.ts';
import { chunksOf, firstWordAt, readJournal, type RunOutcome } from './journal-reading.ts';
import type { Lease } from './lease.ts';
import { holdQueue, isWaiting, sendNextMessage } from './queue.ts';
import { passRacePoint } from './race-points.ts';
import { isRefusedData } from './refused-data.ts';
import type { RunDatabase } from './run-database.ts';
import { endRun, endRunUnfolded } from './run-ending.ts';
import type { RunRow } from './run-row.ts';
import { measurePrompt, readSpending } from './run-spending.ts';
import { reckonUsage } from './run-usage.ts';

/** settled: written now. settled-before: it is terminal already. refused: the guard did not hold, nothing was written. */
export type SettleAnswer = 'settled' | 'settled-before' | 'refused';

/**
 * The owner's settle.
 *
 * @param lastSeq everything up to here has landed; a journal that ends before it is refused. It may be longer by what
 *   landed without an answer
 * @throws when the database is away; repeating is safe
 */
export async function settleOwnedRun(
  db: RunDatabase,
  lease: Lease,
  { outcome, lastSeq }: { outcome: RunOutcome; lastSeq: number },
): Promise<SettleAnswer> {
  await passRacePoint('before-settle');
  return settleRun(db, lease, {
    outcome,
    holds: (run) => run.status === 'running' && run.epoch === lease.epoch && run.last_seq >= lastSeq,
    epoch: lease.epoch,
  });
}

/**
 * A sweeper's settle of a run whose owner is gone. Raises the epoch, which fences an owner that comes back.
 *
 * @param run as the sweeper saw it: settled only if no one has claimed it since and its lease is still expired
 */
export async function settleLostRun(
  db: RunDatabase,
  run: { runId: string; chatId: string; epoch: number },
  outcome: RunOutcome,
): Promise<SettleAnswer> {
  return settleRun(db, run, {
    outcome,
    holds: (row) => row.epoch === run.epoch && row.lease_expired,
    epoch: run.epoch + 1,
  });
}

/** Settle whatever state the run is in; only for settleAllRunsAsOnlyProcess. */
export async function settleRunUnguarded(
  db: RunDatabase,
  run: { runId: string; chatId: string; epoch: number },
  outcome: RunOutcome,
): Promise<SettleAnswer> {
  return settleRun(db, run, { outcome, holds: () => true, epoch: run.epoch + 1 });
}

/** has_waiting: messages are queued behind it that go out by themselves */
type LockedRun = RunRow & { lease_expired: boolean; has_waiting: boolean };
type Settlement = {
  outcome: RunOutcome;
  holds: (run: LockedRun) => boolean;
  epoch: number;
  /** leave the journal out of the message */
  unfolded?: boolean;
};

type RunPlace = { runId: string; chatId: string };

/** An answer that the database can never store must not hold its chat for ever: it ends without its text. */
async function settleRun(db: RunDatabase, place: RunPlace, settlement: Settlement): Promise<SettleAnswer> {
  try {
    return await trySettle(db, place, settlement);
  } catch (error) {
    if (!isRefusedData(error)) throw error;
    const outcome = { kind: 'failed', code: 'STORAGE_FAILED', detail: String(error) } as const;
    return trySettle(db, place, { ...settlement, outcome, unfolded: true });
  }
}

async function trySettle(db: RunDatabase, { runId, chatId }: RunPlace, settlement: Settlement): Promise<SettleAnswer> {
  const result = await inRingingTransaction(db.pool, async (client) => {
    const run = await lockRun(client, { runId, chatId });
    if (!run) return 'refused';
    if (run.finished_at) return 'settled-before';
    if (!settlement.holds(run)) return 'refused';
    const written = await writeSettlement(client, run, settlement);
    if (run.has_waiting) await moveQueueOn(db, client, { chatId, mayGoOn: written.mayGoOn });
    await passRacePoint('inside-settle');
    return written;
  });
  await passRacePoint('after-settle');
  if (typeof result === 'string') return result;
  if (result.tail) db.hints.chunks([result.tail]);
  db.hints.chatChanged({ chatId, workspaceId: result.workspaceId });
  return 'settled';
}

async function lockRun(client: pg.ClientBase, { runId, chatId }: { runId: string; chatId: string }) {
  await client.query('SELECT FROM chat WHERE id = $1 FOR NO KEY UPDATE', [chatId]);
  const { rows } = await client.query<LockedRun>(
    `SELECT run.*, coalesce(lease_expires_at <= now(), false) AS lease_expired,
            EXISTS (SELECT FROM message WHERE message.chat_id = run.chat_id AND ${isWaiting}) AS has_waiting
       FROM run WHERE id = $1 FOR NO KEY UPDATE`,
    [runId],
  );
  return rows[0];
}

async function writeSettlement(client: pg.ClientBase, run: LockedRun, { outcome: wished, ...settlement }: Settlement) {
  const { epoch } = settlement;
  const journal = await readJournal(client, run.id);
  const chunks = chunksOf(journal);
  const end = settlement.unfolded ? endRunUnfolded : endRun;
  const { outcome, tail, parts, drafts } = await end(run, chunks, wished);
  const { steps, openCall, toolsActed } = await readSpending(client, run);
  const spending = { chunks, steps, openCall, measurePrompt: () => measurePrompt(client, run) };
  // Whatever a provider package has reported, it must not keep a run from its end.
  const usage = await reckonUsage(spending).catch(() => null);
  const place = { fromSeq: run.last_seq + 1, toSeq: run.last_seq + tail.length, epoch };
  const body = JSON.stringify(tail);
  await client.query({
    name: 'settle-run',
    text: `WITH bumped AS (
             UPDATE chat SET revision = revision + 1, last_activity_at = now(), updated_at = now()
              WHERE id = $2 RETURNING revision
           ), journal AS (
             INSERT INTO run_chunk (run_id, from_seq, to_seq, epoch, workspace_id, body)
             SELECT $1, $3, $4, $5, $6, $7 WHERE $4::int >= $3::int
           ), attempt AS (
             UPDATE run_attempt
                SET ended_at = CASE WHEN $5 = epoch THEN now() ELSE coalesce(ended_at, now()) END,
                    end_reason = CASE WHEN $5 = epoch THEN 'settled' ELSE coalesce(end_reason, 'lease_expired') END
              WHERE run_id = $1 AND epoch = $15
           ), answer AS (
             UPDATE message
                SET status = $8::text::message_status, parts = $9, revision = bumped.revision, updated_at = now()
               FROM bumped WHERE chat_id = $2 AND id = $10
           )
           UPDATE run
              SET status = $11::text::run_status, finished_at = now(), error_code = $12, error_detail = $13,
                  last_seq = $4, epoch = greatest(run.epoch, $5), worker_id = NULL, lease_expires_at = NULL,
                  started_at = CASE WHEN $5 > 0 THEN coalesce(run.started_at, now()) END,
                  drafts = $14, usage = $16, tools_acted = $17, first_word_at = $18, revision = bumped.revision, updated_at = now()
             FROM bumped WHERE id = $1`,
    values: [
      run.id,
      run.chat_id,
      place.fromSeq,
      place.toSeq,
      epoch,
      run.workspace_id,
      body,
      outcome.kind === 'succeeded' ? 'completed' : outcome.kind,
      JSON.stringify(parts),
      run.assistant_message_id,
      outcome.kind,
      outcome.kind === 'failed' ? outcome.code : null,
      outcome.kind === 'failed' ? cleanValue(outcome.detail) : null,
      JSON.stringify(drafts),
      run.epoch,
      usage && JSON.stringify(usage),
      JSON.stringify(toolsActed),
      firstWordAt(journal),
    ],
  });
  return {
    workspaceId: run.workspace_id,
    tail: tail.length > 0 ? hintOf(run, place, body) : null,
    // A stop has held what it was to hold; what was queued after it goes out however the run ends.
    mayGoOn: outcome.kind !== 'failed' || run.stop_requested_at !== null,
  };
}

/** What is queued follows in the same transaction. If it cannot, the run ends all the same, and a sweep sends it later. */
async function moveQueueOn(
  db: RunDatabase,
  client: pg.ClientBase,
  { chatId, mayGoOn }: { chatId: string; mayGoOn: boolean },
): Promise<void> {
  if (!mayGoOn) return holdQueue(client, chatId);
  await client.query('SAVEPOINT queue');
  try {
    await sendNextMessage(db, client, chatId);
  } catch {
    // Where it is the connection that has failed, this fails too, and the whole is tried again.
    await client.query('ROLLBACK TO SAVEPOINT queue');
  }
}

function hintOf(run: RunRow, place: { fromSeq: number; toSeq: number; epoch: number }, body: string): ChunkHint {
  return { chatId: run.chat_id, runId: run.id, messageId: run.assistant_message_id, ...place, body };
}
