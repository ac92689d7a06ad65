import type { JSONValue } from 'ai';
import type { ChatMessage } from '#domain/message-view';
import { describeRunError } from '#domain/run-error';
import { isActive, type RunStatus } from '#domain/run-status';
import type { RunTrigger, RunUsage, RunView, ToolActed } from '#domain/run-view';

/** A row of `run` as `pg` gives it; prisma/schema.prisma explains the columns. */
export type RunRow = {
  id: string;
  workspace_id: string;
  chat_id: string;
  user_message_id: string;
  assistant_message_id: string;
  trigger: RunTrigger;
  status: RunStatus;
  priority: number;
  model: string;
  config: Record<string, JSONValue>;
  base_parts: ChatMessage['parts'];
  attempt: number;
  epoch: number;
  worker_id: string | null;
  last_seq: number;
  step_count: number;
  stop_requested_at: Date | null;
  stop_requested_by_id: string | null;
  interrupted_at: Date | null;
  resumed_at: Date | null;
  started_at: Date | null;
  first_word_at: Date | null;
  finished_at: Date | null;
  error_code: string | null;
  usage: RunUsage | null;
  tools_acted: ToolActed[];
  journal_pruned_at: Date | null;
  revision: number;
  created_at: Date;
  updated_at: Date;
  /** with runColumns only */
  stopped_by_name?: string | null;
  /** with runColumns only; what is told of a row without it was so at updated_at at least */
  read_at?: Date;
};

/** What a client may be told of a row of `run`: its columns, the name of who stopped it, and when this was so. */
export const runColumns = `run.*, now() AS read_at,
  (SELECT name FROM "user" WHERE "user".id = run.stop_requested_by_id) AS stopped_by_name`;

const toInstant = (date: Date | null) => date?.toISOString() ?? null;

/** What a client may know of a run. */
export function toRunView(row: RunRow): RunView {
  const base = {
    id: row.id,
    chatId: row.chat_id,
    trigger: row.trigger,
    model: row.model,
    epoch: row.epoch,
    stepCount: row.step_count,
    userMessageId: row.user_message_id,
    assistantMessageId: row.assistant_message_id,
    baseParts: row.base_parts,
    stopRequestedAt: toInstant(row.stop_requested_at),
    stoppedBy: stopperOf(row),
    interruptedAt: toInstant(row.interrupted_at),
    resumedAt: toInstant(row.resumed_at),
    startedAt: toInstant(row.started_at),
    usage: row.usage,
    toolsActed: row.tools_acted,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    // What is over comes back as it is.
    readAt: ((isActive(row.status) ? row.read_at : undefined) ?? row.updated_at).toISOString(),
  };
  if (isActive(row.status)) return { ...base, status: row.status, finishedAt: null, error: null };
  const finishedAt = (row.finished_at ?? row.updated_at).toISOString();
  if (row.status === 'failed') {
    return { ...base, status: 'failed', finishedAt, error: describeRunError(row.error_code ?? 'INTERNAL') };
  }
  return { ...base, status: row.status, finishedAt, error: null };
}

function stopperOf({ stop_requested_by_id: id, stopped_by_name: name }: RunRow): RunView['stoppedBy'] {
  return id === null ? null : { id, name: name ?? '' };
}
