/**
 * The checker of the invariants: reads the database and what clients have recorded, changes nothing, and finds what
 * must not be. It may run at any time beside a working installation; what is still under way is judged as far as it
 * has come. Rows that were made by hand are judged like any others.
 */
import type pg from 'pg';
import { countStuck, type StuckPatience, stuckPatience } from '#server/runs/stuck';
import { createAnswerFolds } from './invariants/answer-folds.ts';
import { checkFences } from './invariants/check-fences.ts';
import { checkContinuation, checkFold } from './invariants/check-fold.ts';
import { checkGate } from './invariants/check-gate.ts';
import { checkJournal } from './invariants/check-journal.ts';
import { checkModelCalls, checkStop } from './invariants/check-stops.ts';
import { checkStream, checkStreamAlone } from './invariants/check-stream.ts';
import { checkStuck } from './invariants/check-stuck.ts';
import { checkTenant } from './invariants/check-tenants.ts';
import { checkTools, checkToolStarts, runOfKey } from './invariants/check-tools.ts';
import { checkEnd, checkMessages, checkSlot } from './invariants/check-turns.ts';
import { type ChatRecord, readChatRecords, type RunRecord } from './invariants/chat-records.ts';
import type { ClientStream, ModelCallSeen, ToolStartSeen } from './invariants/evidence.ts';
import type { Finding, Violation } from './invariants/violation.ts';

export type Evidence = {
  streams?: readonly ClientStream[];
  /** what tools outside saw, all of it: I7 */
  toolStarts?: readonly ToolStartSeen[];
  /** what the model's server saw: I8 */
  modelCalls?: readonly ModelCallSeen[];
};

export type CheckOptions = Evidence & {
  /** look at these chats and those of the streams; at all chats unless given */
  chatIds?: readonly string[];
  /** the caller has waited for the end of every run: I2 */
  settled?: boolean;
  /** RUN_LEASE_SECONDS; the longest, where workers differ */
  leaseSeconds?: number;
  /** how much slower than usual the database is to be reached: I4, I8 */
  databaseDelayMs?: number;
  /** for tests of I10: another instant than the database's */
  now?: Date;
  /** for tests of I10: of the alarm's count, which is taken where all chats are looked at */
  patience?: StuckPatience;
};

type Task = Required<Omit<CheckOptions, 'chatIds' | 'now' | 'patience'>> & Pick<CheckOptions, 'now'>;

const batchSize = 50;

/**
 * Every violation there is, by invariant.
 *
 * @throws when the database is away
 */
export async function checkInvariants(pool: pg.Pool, options: CheckOptions = {}): Promise<Violation[]> {
  // Before the database is read: what was heard until now must be in it.
  const streams = (options.streams ?? []).map((stream) => ({ ...stream, events: [...stream.events] }));
  const { toolStarts = [], modelCalls = [], settled = false, leaseSeconds = 15, databaseDelayMs = 0 } = options;
  const clock = options.now && { now: options.now };
  const task: Task = { streams, toolStarts, modelCalls, settled, leaseSeconds, databaseDelayMs, ...clock };
  const violations = await atOneInstant(pool, checkGate);
  const asked = options.chatIds && [...new Set([...options.chatIds, ...streams.map(({ chatId }) => chatId)])].toSorted();
  const found = new Set<string>();
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const batch = await atOneInstant(pool, (client) => checkBatch(client, { asked, after }, task));
    violations.push(...batch.violations);
    for (const chatId of batch.chatIds) found.add(chatId);
    if (batch.chatIds.length < batchSize) break;
    after = batch.chatIds.at(-1)!;
  }
  if (!asked) violations.push(...(await findAlarming(pool, violations, options.patience)));
  const orphans = streams.filter(({ chatId }) => !found.has(chatId));
  return byInvariant([...violations, ...orphans.flatMap(checkStreamAlone)]);
}

/** What the alarm would count and has not been found yet: runs that nobody claims although a worker has room. */
async function findAlarming(pool: pg.Pool, found: readonly Violation[], patience = stuckPatience): Promise<Violation[]> {
  const known = new Set(found.filter(({ invariant }) => invariant === 'I10').map(({ runId }) => runId));
  const { runIds } = await countStuck({ pool }, patience);
  const others = runIds.filter((runId) => !known.has(runId));
  return others.map((runId) => ({ invariant: 'I10', chatId: null, runId, what: 'nobody takes it although a worker has room' }));
}

type Batch = { asked: readonly string[] | undefined; after: string };

async function checkBatch(client: pg.ClientBase, { asked, after }: Batch, task: Task) {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM chat WHERE id > $1 AND ($2::uuid[] IS NULL OR id = ANY ($2::uuid[])) ORDER BY id LIMIT $3',
    [after, asked ?? null, batchSize],
  );
  const chatIds = rows.map(({ id }) => id);
  const violations = await checkStuck(client, chatIds, task);
  for (const chat of await readChatRecords(client, chatIds)) violations.push(...(await checkChat(chat, task)));
  return { chatIds, violations };
}

async function checkChat(chat: ChatRecord, task: Task): Promise<Violation[]> {
  const folds = createAnswerFolds(chat);
  const of = (runId: string | null) => (finding: Finding) => ({ ...finding, chatId: chat.id, runId });
  const violations: Violation[] = [...checkSlot(chat), ...checkMessages(chat)].map(of(null));
  for (const run of chat.runs) {
    violations.push(...checkRun(chat, run, task).map(of(run.id)));
    violations.push(...(await checkFold(run, folds)).map(of(run.id)));
    violations.push(...(await checkContinuation(chat, run, folds)).map(of(run.id)));
  }
  for (const stream of task.streams.filter(({ chatId }) => chatId === chat.id)) {
    violations.push(...(await checkStream(stream, chat, folds)));
  }
  return violations;
}

function checkRun(chat: ChatRecord, run: RunRecord, task: Task): Finding[] {
  return [
    ...checkEnd(chat, run, task.settled),
    ...checkJournal(run),
    ...checkFences(run, task),
    ...checkTools(run),
    ...checkToolStarts(run, task.toolStarts.filter((seen) => runOfKey(seen) === run.id)),
    ...checkStop(run, task),
    ...checkModelCalls(run, task.modelCalls.filter(({ runId }) => runId === run.id), task),
    ...checkTenant(chat, run),
  ];
}

async function atOneInstant<T>(pool: pg.Pool, read: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failed = true;
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await read(client);
    await client.query('COMMIT');
    failed = false;
    return result;
  } finally {
    client.release(failed);
  }
}

function byInvariant(violations: readonly Violation[]): Violation[] {
  const numberOf = ({ invariant }: Violation) => Number(invariant.slice(1));
  return violations.toSorted((a, b) => numberOf(a) - numberOf(b));
}
