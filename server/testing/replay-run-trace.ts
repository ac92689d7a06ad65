/** A trace of the model, played to the real statements on a real database; they must answer and write the same. */
import { isDeepStrictEqual } from 'node:util';
import { foldChunks } from '#domain/fold-chunks';
import type { ChatMessage, Chunk } from '#domain/message-view';
import { isTerminal } from '#domain/run-status';
import { type AppendEntry, appendChunks, type StepRecord } from '#server/runs/append';
import { claimRun } from '#server/runs/claim';
import { startRun } from '#server/runs/enqueue';
import { isRunFault } from '#server/runs/errors';
import { chunksOf, hasOpenStep, journalledOutcome, readJournal, type RunOutcome } from '#server/runs/journal-reading';
import type { Lease } from '#server/runs/lease';
import type { RunDatabase } from '#server/runs/run-database';
import { settleLostRun, settleOwnedRun } from '#server/runs/settle';
import { beginStep, expireRun, releaseRun, requestStop } from '#server/runs/transitions';
import { endLease } from './end-lease.ts';
import { insertChat, type TestChat } from './run-factories.ts';
import { happen, type ModelEvent } from './run-model-events.ts';
import { cargoLength, emptyModel, type ModelOutcome, type ModelRun, type ModelState, type ModelWrite, realRules } from './run-model.ts';
import type { StoreAnswer } from './run-model-store.ts';

/** Longer than a replay: leases end when a trace says so. */
const leaseSeconds = 600;

/** What the replay knows that the model does not say. */
type World = {
  db: RunDatabase;
  chat: TestChat;
  workerIds: readonly string[];
  runIds: string[];
  /** of each worker, the lease it holds */
  leases: Array<Lease | null>;
  lateLease: Lease | null;
};

/**
 * Play it.
 *
 * @param workerIds rows of `worker`, one for each of the model's
 * @throws at the first difference, with the trace up to there
 */
export async function replayRunTrace(
  { db, workerIds }: Pick<World, 'db' | 'workerIds'>,
  trace: readonly ModelEvent[],
  faults: number,
): Promise<void> {
  const world: World = { db, workerIds, chat: await insertChat(db), runIds: [], leases: workerIds.map(() => null), lateLease: null };
  let before = emptyModel(faults);
  for (const [i, event] of trace.entries()) {
    const { state, answer } = happen(before, event, realRules);
    const real = { answer: await play(world, event, before), runs: await readRuns(world) };
    const model = { answer, runs: state.runs };
    if (!isDeepStrictEqual(real, model)) throw new Error(explainDifference(trace.slice(0, i + 1), { real, model }));
    before = state;
  }
}

function explainDifference(trace: readonly ModelEvent[], { real, model }: { real: unknown; model: unknown }): string {
  const lines = trace.map((event, i) => `${i + 1}. ${JSON.stringify(event)}`);
  const [said, expected] = [real, model].map((side) => JSON.stringify(side));
  return `the database and the model differ after\n${lines.join('\n')}\ndatabase: ${said}\nmodel:    ${expected}`;
}

/** The real statement of an event. */
async function play(world: World, event: ModelEvent, before: ModelState): Promise<StoreAnswer | null> {
  const { db, runIds, leases } = world;
  switch (event.kind) {
    case 'start':
      return start(world);
    case 'claim':
      return claim(world, event);
    case 'write':
      if (event.fate !== 'late') return write(world, event.write, leases[event.worker]!);
      world.lateLease = leases[event.worker]!;
      return null;
    case 'lateArrives':
      return write(world, before.late!, world.lateLease!);
    case 'requestStop':
      return (await requestStop(db, { runId: runIds[event.run]!, userId: null })) && 'stop noted';
    case 'leaseEnds':
      await endLease(db, runIds[event.run]!);
      return null;
    case 'look':
      return null;
    case 'sweep':
      return sweep(world, before.finding!);
    case 'crash':
      leases[event.worker] = null;
      return null;
  }
}

async function start(world: World): Promise<StoreAnswer> {
  const input = { ...world.chat, model: 'demo:demo', message: { parts: [{ type: 'text' as const, text: 'hello' }] } };
  try {
    const { run } = await startRun(world.db, input);
    world.runIds.push(run.id);
    return 'started';
  } catch (error) {
    if (isRunFault(error) && error.code === 'RUN_ACTIVE') return 'slot taken';
    throw error;
  }
}

async function claim(world: World, { worker, run, fate }: Extract<ModelEvent, { kind: 'claim' }>): Promise<StoreAnswer> {
  const { db, runIds, workerIds, leases } = world;
  const claimed = await claimRun(db, { runId: runIds[run]!, workerId: workerIds[worker]!, leaseSeconds });
  if (!claimed) return 'nothing';
  if (fate === 'answered') leases[worker] = claimed.lease;
  return 'claimed';
}

async function write({ db }: World, statement: ModelWrite, lease: Lease): Promise<StoreAnswer> {
  switch (statement.kind) {
    case 'beginStep':
      return beginStep(db, lease, leaseSeconds);
    case 'append': {
      const [outcome] = await appendChunks(db, [await entryOf(db, statement, lease)], leaseSeconds);
      if (outcome!.kind === 'busy') throw new Error('nobody else is here to keep the row busy');
      return outcome!.kind === 'landed' && outcome!.stopRequested ? 'landed, stop' : outcome!.kind;
    }
    case 'settle':
      return settleOwnedRun(db, lease, { outcome: outcomeOf(statement.outcome), lastSeq: statement.lastSeq });
    case 'release': {
      const released = await releaseRun(db, lease, 'released');
      await stepOverRounding(db, lease.runId);
      return released ? 'released' : 'fenced';
    }
  }
}

async function sweep({ db, runIds, chat }: World, finding: NonNullable<ModelState['finding']>): Promise<StoreAnswer> {
  const place = { runId: runIds[finding.run]!, epoch: finding.epoch };
  if (finding.act === 'settle') return settleLostRun(db, { ...place, chatId: chat.chatId }, outcomeOf(finding.outcome));
  const expired = await expireRun(db, { ...place, reason: finding.reason });
  await stepOverRounding(db, place.runId);
  return expired ? 'expired' : 'nothing';
}

const outcomeOf = (kind: ModelOutcome): RunOutcome =>
  kind === 'failed' ? { kind, code: 'WORKER_LOST', detail: 'replayed' } : { kind };

const step: StepRecord = { responseMessages: [], finishReason: 'stop', usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } };

/** Chunks as an owner writes them, who wipes what an earlier one has left half written. */
async function entryOf(db: RunDatabase, statement: Extract<ModelWrite, { kind: 'append' }>, lease: Lease): Promise<AppendEntry> {
  const { cargo, fromSeq } = statement;
  const isHalfWritten = hasOpenStep(chunksOf(await readJournal(db.pool, lease.runId)));
  const cargoes: Record<typeof cargo, Chunk[]> = {
    renewal: [],
    text: [
      { type: isHalfWritten ? 'reset-step' : 'start-step' },
      { type: 'source-url', sourceId: `${lease.epoch}.${fromSeq}`, url: 'https://example.com' },
    ],
    step: [{ type: 'finish-step' }],
    end: [{ type: 'finish' }],
  };
  const toSeq = fromSeq + cargoLength[cargo] - 1;
  const body = cargo === 'renewal' ? null : JSON.stringify(cargoes[cargo]);
  return { lease, fromSeq, toSeq, body, step: cargo === 'step' ? step : null, call: null };
}

/** The column rounds to milliseconds: a lease that was ended "now" may end half of one later. */
async function stepOverRounding(db: RunDatabase, runId: string): Promise<void> {
  await db.pool.query(
    `UPDATE run SET lease_expires_at = lease_expires_at - interval '1 ms'
      WHERE id = $1 AND lease_expires_at <= now() + interval '1 ms'`,
    [runId],
  );
}

type RealRun = Omit<ModelRun, 'ended' | 'journal'> & { id: string; baseParts: ChatMessage['parts']; openAttempts: number };

/** The rows as the model sees them. @throws when a settled message is not what its journal folds to */
async function readRuns({ db, runIds }: World): Promise<ModelRun[]> {
  const { rows } = await db.pool.query<RealRun & { parts: ChatMessage['parts'] }>({
    name: 'read-model-runs',
    text: `SELECT run.id, run.status, epoch, attempt, last_seq AS "lastSeq", step_count AS "stepCount",
                  stop_requested_at IS NOT NULL AS "stopRequested",
                  CASE WHEN lease_expires_at IS NULL THEN 'none' WHEN lease_expires_at <= now() THEN 'expired'
                       ELSE 'live' END AS lease,
                  interrupted_at IS NOT NULL AND resumed_at IS NULL AS interrupted,
                  EXISTS (SELECT FROM run_attempt WHERE run_id = run.id AND run_attempt.epoch = run.epoch
                                                    AND end_reason IN ('released', 'cut_off')) AS released,
                  (SELECT count(*)::int FROM run_attempt WHERE run_id = run.id AND ended_at IS NULL) AS "openAttempts",
                  base_parts AS "baseParts", message.parts
             FROM run JOIN message ON message.chat_id = run.chat_id AND message.id = run.assistant_message_id
            WHERE run.id = ANY ($1) ORDER BY run.id`,
    values: [runIds],
  });
  return Promise.all(rows.map(({ parts, ...row }) => withJournal(db, row, parts)));
}

async function withJournal(db: RunDatabase, row: RealRun, parts: ChatMessage['parts']): Promise<ModelRun> {
  const { id, baseParts, openAttempts, ...run } = row;
  const rows = await readJournal(db.pool, id);
  const chunks = chunksOf(rows);
  if (isTerminal(run.status)) {
    const folded = await foldChunks({ messageId: id, baseParts }, chunks);
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(folded)), parts)) throw new Error('the message is not what the journal says');
    if (openAttempts > 0) throw new Error('a settled run has an attempt that goes on');
  }
  if (openAttempts > 1) throw new Error('two attempts go on at once');
  const journal = rows.map(({ from_seq: fromSeq, to_seq: toSeq, epoch }) => ({ fromSeq, toSeq, epoch }));
  return { ...run, ended: journalledOutcome(chunks) !== null, journal };
}
