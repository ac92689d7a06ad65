/**
 * Tool calls, written ahead: a tool starts only once its model call and its own start are recorded, and its answer is
 * recorded as it arrives. So a successor knows what has happened, what has not, and what nobody can know.
 */
import type { JSONValue } from 'ai';
import type { Lease } from './lease.ts';
import { passRacePoint } from './race-points.ts';
import type { RunDatabase } from './run-database.ts';

/** What a tool answered. unknown: it was started, its process was lost, and it must not be started twice. */
export type ToolOutcome =
  | { kind: 'result'; output: JSONValue }
  | { kind: 'error'; message: string }
  | { kind: 'unknown' };

export type ToolStart = {
  /** the provider's id of the call, as in the model call's content */
  toolCallId: string;
  toolName: string;
  /** declared to tolerate a second start, even beside a first one that is still at work */
  idempotent: boolean;
};

/**
 * The tool's own work.
 *
 * @param context.idempotencyKey the same for every start of this call (run, step, ordinal)
 * @param context.abortSignal aborts when the run is stopped or lost and when the tool takes too long
 * @returns JSON; undefined counts as null
 */
export type ExecuteTool = (context: { idempotencyKey: string; abortSignal: AbortSignal }) => Promise<unknown>;

/** One call of the step that the run is at. */
export type ToolPlace = ToolStart & {
  /** which call of its step, counting from 1 */
  ordinal: number;
  /** uuid, made for this start: an answer that was lost is told from a start by somebody else */
  startId: string;
  /** what the run's lease is renewed to: an append that meets this on the row comes too late to do it */
  leaseSeconds: number;
};

/**
 * begun: start it. answered: it was started before, and this is what it said. unknown: it was started before, and may
 * not be started again. stopped: a stop was requested. fenced: another owner has the run, or it is settled.
 */
export type BeginToolAnswer =
  | { kind: 'begun'; stepNumber: number }
  | { kind: 'answered'; outcome: ToolOutcome }
  | { kind: 'unknown' }
  | { kind: 'stopped' }
  | { kind: 'fenced' };

type BeginRow = {
  step_number: number;
  stop_requested: boolean;
  begun: boolean;
  /** null when there was no such row before */
  begun_before: boolean | null;
  outcome: ToolOutcome | null;
};

/**
 * May the owner start this tool now? Recorded in the same statement, which also renews the lease; repeating it with the
 * same startId is safe.
 */
export async function beginTool(db: Pick<RunDatabase, 'pool'>, lease: Lease, place: ToolPlace): Promise<BeginToolAnswer> {
  await passRacePoint('before-tool-write');
  const { rows } = await db.pool.query<BeginRow>({
    name: 'begin-tool',
    text: `WITH owner AS (
             UPDATE run SET lease_expires_at = now() + make_interval(secs => $8), updated_at = now()
              WHERE id = $1 AND epoch = $2 AND status = 'running' AND released_at IS NULL
             RETURNING id, workspace_id, step_count + 1 AS step_number, stop_requested_at IS NOT NULL AS stop_requested
           ), begun AS (
             INSERT INTO run_tool_call AS call (run_id, step_number, ordinal, workspace_id, epoch, tool_call_id, tool_name,
                                                idempotent, start_id)
             SELECT id, step_number, $3, workspace_id, $2, $4, $5, $6, $7 FROM owner WHERE NOT stop_requested
             ON CONFLICT (run_id, step_number, ordinal) DO UPDATE
               SET epoch = excluded.epoch, start_id = excluded.start_id, starts = call.starts + 1, started_at = now()
               WHERE call.idempotent AND excluded.idempotent AND call.finished_at IS NULL
                 AND call.start_id <> excluded.start_id
             RETURNING start_id
           )
           SELECT owner.step_number, owner.stop_requested, EXISTS (SELECT FROM begun) AS begun, earlier.start_id = $7 AS begun_before,
                  earlier.outcome
             FROM owner LEFT JOIN run_tool_call AS earlier
               ON earlier.run_id = owner.id AND earlier.step_number = owner.step_number AND earlier.ordinal = $3`,
    values: [
      lease.runId,
      lease.epoch,
      place.ordinal,
      place.toolCallId,
      place.toolName,
      place.idempotent,
      place.startId,
      place.leaseSeconds,
    ],
  });
  const answer = toBeginAnswer(rows[0]);
  if (answer.kind === 'begun') await passRacePoint('after-tool-write');
  return answer;
}

function toBeginAnswer(row: BeginRow | undefined): BeginToolAnswer {
  if (!row) return { kind: 'fenced' };
  if (row.outcome) return { kind: 'answered', outcome: row.outcome };
  if (row.stop_requested) return { kind: 'stopped' };
  if (row.begun || row.begun_before) return { kind: 'begun', stepNumber: row.step_number };
  // An earlier try of this very statement is still being committed: the next look sees what came of it.
  if (row.begun_before === null) throw new Error('the start of this tool is being written');
  return { kind: 'unknown' };
}

/**
 * Record what a started tool answered, and renew the lease; repeating it is safe.
 *
 * @returns false for an owner that has been replaced
 */
export async function recordToolOutcome(
  db: Pick<RunDatabase, 'pool'>,
  lease: Lease,
  { startId, ordinal, outcome, leaseSeconds }: Pick<ToolPlace, 'startId' | 'ordinal' | 'leaseSeconds'> & { outcome: ToolOutcome },
): Promise<boolean> {
  await passRacePoint('before-tool-record');
  const { rowCount } = await db.pool.query({
    name: 'record-tool-outcome',
    text: `WITH owner AS (
             UPDATE run SET updated_at = now(),
                    lease_expires_at = CASE WHEN released_at IS NULL THEN now() + make_interval(secs => $6)
                                            ELSE lease_expires_at END
              WHERE id = $1 AND epoch = $2 AND status = 'running'
             RETURNING id, step_count + 1 AS step_number
           )
           UPDATE run_tool_call AS call SET outcome = $5, finished_at = now()
             FROM owner
            WHERE call.run_id = owner.id AND call.step_number = owner.step_number AND call.ordinal = $3
              AND call.start_id = $4`,
    values: [lease.runId, lease.epoch, ordinal, startId, JSON.stringify(outcome), leaseSeconds],
  });
  await passRacePoint('after-tool-record');
  return rowCount === 1;
}
