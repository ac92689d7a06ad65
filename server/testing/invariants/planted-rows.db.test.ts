/** What is broken in the database is found: each row of the table breaks a sound answer in one way. */
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkInvariants } from '../invariants.ts';
import { useRunDatabase } from '../run-database.ts';
import { playChat, type PlayedChat } from './played-chat.ts';
import type { Invariant } from './violation.ts';

const store = useRunDatabase();

/** What the database itself refuses is planted all the same. */
beforeAll(async () => {
  const refusals = {
    run: ['run_terminal_has_end', 'run_failed_has_reason', 'run_started_was_claimed', 'run_running_has_lease'],
    run_chunk: ['run_chunk_pkey', 'run_chunk_range'],
    run_tool_call: ['run_tool_call_starts_once'],
    message: ['message_status_of_role'],
  };
  for (const [table, names] of Object.entries(refusals)) {
    for (const name of names) await store.db.pool.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  }
});

/** Foreign keys are looked at by triggers, which do not fire here. */
async function plant(chat: PlayedChat, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: store.url });
  await client.connect();
  const names: Record<string, string> = {
    ':run': chat.runId,
    ':chat': chat.chatId,
    ':question': chat.questionId,
    ':answer': chat.answerId,
  };
  await client.query('SET session_replication_role = replica');
  const last = await client.query(sql.replaceAll(/:(run|chat|question|answer)\b/g, (name) => `'${names[name]}'`));
  await client.end();
  const results = Array.isArray(last) ? (last as pg.QueryResult[]) : [last];
  expect(results.every(({ rowCount }) => rowCount)).toBe(true);
}

const rows = (order: string) => `(SELECT from_seq FROM run_chunk WHERE run_id = :run ORDER BY ${order} LIMIT 1)`;
const first = `run_id = :run AND from_seq = ${rows('from_seq')}`;
const second = `run_id = :run AND from_seq = (SELECT from_seq FROM run_chunk WHERE run_id = :run ORDER BY from_seq OFFSET 1 LIMIT 1)`;
const last = `run_id = :run AND from_seq = ${rows('from_seq DESC')}`;
const longest = `run_id = :run AND from_seq = ${rows('to_seq - from_seq DESC')}`;
const secondAttempt = (startedAt: string) =>
  `INSERT INTO run_attempt (run_id, epoch, workspace_id, worker_id, started_at, ended_at, end_reason)
   SELECT run_id, 2, workspace_id, worker_id, ${startedAt}, ended_at, end_reason FROM run_attempt WHERE run_id = :run;
   UPDATE run SET epoch = 2 WHERE id = :run`;
/** After the real one: of two runs with one revision, the lower id counts as the earlier. */
const laterId = `overlay(gen_random_uuid()::text placing 'ffffffff' from 1)`;
const anotherRun = (columns: string) =>
  `INSERT INTO run SELECT (jsonb_populate_record(run, jsonb_build_object('id', ${laterId}, ${columns}))).* FROM run WHERE id = :run`;
const message = (role: string, status: string) =>
  `INSERT INTO message (id, chat_id, workspace_id, role, status, parts, revision)
   SELECT gen_random_uuid(), chat_id, workspace_id, '${role}', '${status}', '[]', 1 FROM run WHERE id = :run`;
const secondCall = `INSERT INTO run_model_call (run_id, step_number, workspace_id, epoch, last_seq, content, finish_reason, usage)
   SELECT run_id, 2, workspace_id, 1, last_seq, content, finish_reason, usage FROM run_model_call WHERE run_id = :run`;

type Plant = [invariant: Invariant, what: string, sql: string];

const plants: Plant[] = [
  ['I2', 'was started 0 times instead of 1', message('user', 'completed')],
  ['I2', 'was started 2 times instead of 1', anotherRun(`'trigger', 'user'`)],
  ['I2', '(queued) was started 1 times instead of 0', `UPDATE message SET status = 'queued', queue_position = 1, queued_run = '{}' WHERE id = :question`],
  ['I2', 'no run writes the answer', message('assistant', 'completed')],
  ['I2', '(regenerate) writes the answer', anotherRun(`'trigger', 'regenerate'`)],
  ['I2', 'is failed although its run', `UPDATE message SET status = 'failed' WHERE id = :answer`],
  ['I2', 'it is succeeded and has no end', 'UPDATE run SET finished_at = NULL WHERE id = :run'],
  ['I2', 'it is running and has an end', `UPDATE run SET status = 'running', worker_id = gen_random_uuid() WHERE id = :run`],
  ['I2', 'it is running although everything should have ended', `UPDATE run SET status = 'running', worker_id = gen_random_uuid() WHERE id = :run`],
  ['I2', 'it is failed with the reason null', `UPDATE run SET status = 'failed' WHERE id = :run`],
  ['I2', 'its question', 'UPDATE run SET user_message_id = :answer WHERE id = :run'],
  ['I2', 'its question', 'DELETE FROM message WHERE id = :question'],
  ['I2', 'its answer', 'UPDATE run SET assistant_message_id = :question WHERE id = :run'],
  ['I2', 'its answer does not follow its question', 'UPDATE message SET parent_id = NULL WHERE id = :answer'],
  ['I2', 'it has ended, and the attempts 1 have not', 'UPDATE run_attempt SET ended_at = NULL, end_reason = NULL WHERE run_id = :run'],

  ['I3', 'are missing', `DELETE FROM run_chunk WHERE ${second}`],
  ['I3', 'the chunks 1–', `DELETE FROM run_chunk WHERE ${first}`],
  ['I3', 'overlap those before', `UPDATE run_chunk SET from_seq = from_seq - 1 WHERE ${second}`],
  ['I3', 'overlap those before', `INSERT INTO run_chunk SELECT * FROM run_chunk WHERE ${second}`],
  ['I3', 'run backwards', `UPDATE run_chunk SET to_seq = from_seq - 1 WHERE ${second}`],
  ['I3', 'the journal ends with', `DELETE FROM run_chunk WHERE ${last}`],
  ['I3', 'the journal ends with', 'UPDATE run SET last_seq = last_seq - 1 WHERE id = :run'],
  ['I3', 'the journal ends with 0', 'DELETE FROM run_chunk WHERE run_id = :run'],
  ['I3', 'cannot be read', `UPDATE run_chunk SET body = 'nonsense' WHERE ${second}`],
  ['I3', 'cannot be read', `UPDATE run_chunk SET body = '[{"kind":"chunk"}]' WHERE ${second}`],
  ['I3', '0 chunks stand under', `UPDATE run_chunk SET body = '[]' WHERE ${second}`],
  ['I3', '1 chunks stand under', `UPDATE run_chunk SET body = '[{"type":"start-step"}]' WHERE ${longest}`],
  ['I3', 'chunks stand under', `UPDATE run_chunk SET body = left(body, -1) || ',' || repeat('{"type":"start-step"},', 100) || '{"type":"finish"}]' WHERE ${last}`],
  ['I3', 'chunks are left of a journal that was deleted', 'UPDATE run SET journal_pruned_at = now() WHERE id = :run'],
  ['I3', 'the run says 3 steps, and has: 1, 2', 'UPDATE run SET step_count = 3 WHERE id = :run'],
  ['I3', 'the run says 2 steps, and has: 1, 3', 'UPDATE run_step SET step_number = 3 WHERE run_id = :run AND step_number = 2'],
  ['I3', 'a step ends before the one that it follows', 'UPDATE run_step SET last_seq = 1 WHERE run_id = :run AND step_number = 2'],
  ['I3', 'step 1 should end with', 'UPDATE run_step SET last_seq = last_seq - 1 WHERE run_id = :run AND step_number = 1'],
  ['I3', 'the journal ends 2 steps, 1 are recorded', 'DELETE FROM run_step WHERE run_id = :run AND step_number = 2'],
  ['I3', 'inside a row', 'UPDATE run_model_call SET last_seq = 9999 WHERE run_id = :run'],
  ['I3', 'a model call of step 4 after 2 steps', 'UPDATE run_model_call SET step_number = 4 WHERE run_id = :run'],

  ['I4', 'ms after epoch 2 had begun', secondAttempt(`started_at - interval '1 hour'`)],
  ['I4', 'were written under epoch 1, and epoch 2 had begun at 0', secondAttempt(`ended_at + interval '1 hour'`)],
  ['I4', 'step 1 was written under epoch 1,', secondAttempt(`started_at - interval '1 hour'`)],
  ['I4', 'the model call of step 1 was written under epoch 1,', secondAttempt(`started_at - interval '1 hour'`)],
  ['I4', 'the start of tool 1 of step 1 was written under epoch 1,', secondAttempt(`started_at - interval '1 hour'`)],
  ['I4', 'the answer of tool 2 of step 1 was written under epoch 1,', secondAttempt(`started_at - interval '1 hour'`)],
  ['I4', 'was written under epoch 7, the run is at 1', `UPDATE run_chunk SET epoch = 7 WHERE ${last}`],
  ['I4', 'step 2 was written under epoch 7', 'UPDATE run_step SET epoch = 7 WHERE run_id = :run AND step_number = 2'],
  ['I4', 'the start of tool 2 of step 1 was written under epoch 7', 'UPDATE run_tool_call SET epoch = 7 WHERE run_id = :run AND ordinal = 2'],
  ['I4', 'under epoch 1 before it began', `UPDATE run_chunk SET created_at = '2001-01-01' WHERE ${first}`],
  ['I4', "was written after the run's end", `UPDATE run_chunk SET created_at = now() + interval '1 hour' WHERE ${last}`],
  ['I4', 'the epochs of its chunks fall', `UPDATE run_chunk SET epoch = 2 WHERE ${first}`],
  ['I4', 'the epochs of its steps fall', 'UPDATE run_step SET epoch = 2 WHERE run_id = :run AND step_number = 1'],
  ['I4', 'the epochs of its model calls fall', `${secondCall}; UPDATE run_model_call SET epoch = 2 WHERE run_id = :run AND step_number = 1`],
  ['I4', 'step 2 and the chunk that ends it have different epochs', 'UPDATE run_step SET epoch = 2 WHERE run_id = :run AND step_number = 2'],
  ['I4', 'its attempts have the epochs 2', 'UPDATE run_attempt SET epoch = 2 WHERE run_id = :run; UPDATE run SET epoch = 2 WHERE id = :run'],
  ['I4', 'its last attempt has the epoch 1, the run is at 3', 'UPDATE run SET epoch = 3 WHERE id = :run'],
  ['I4', 'its last attempt has the epoch 0, the run is at 1', `DELETE FROM run_attempt WHERE run_id = :run; UPDATE run_chunk SET epoch = 1 WHERE run_id = :run`],
  ['I4', 'its last attempt has the epoch 1, the run is at 2', `UPDATE run SET epoch = 2 WHERE id = :run; UPDATE run_chunk SET epoch = 2, body = '[{"type":"start"}]' WHERE ${last}`],
  ['I4', 'attempt 1 is still open beside a later one', `${secondAttempt(`ended_at + interval '1 ms'`)}; UPDATE run_attempt SET ended_at = NULL, end_reason = NULL WHERE run_id = :run AND epoch = 1`],

  ['I5', 'folds to something else than the stored message, after 5 parts', `UPDATE message SET parts = parts - -1 WHERE id = :answer`],
  ['I5', 'folds to something else than the stored message, at part 2', `UPDATE message SET parts = jsonb_set(parts, '{1,text}', '"not said"') WHERE id = :answer`],
  ['I5', 'folds to something else than the stored message', `UPDATE run_chunk SET body = replace(body, 'It is done.', 'It is not.') WHERE run_id = :run`],
  ['I6', 'without the steps that were completed', anotherRun(`'trigger', 'continue', 'revision', revision + 1, 'base_parts', '[]'::jsonb`)],

  ['I7', 'send (step 1, call 2) is not idempotent and was started 2 times', `UPDATE run_tool_call SET starts = 2 WHERE run_id = :run AND NOT idempotent`],
  ['I7', 'was started without a record of its model call', 'DELETE FROM run_model_call WHERE run_id = :run'],
  ['I7', 'look (step 1, call 1) was started before its model call was recorded', `UPDATE run_tool_call SET started_at = '2001-01-01' WHERE run_id = :run AND ordinal = 1`],
  ['I7', 'look (step 1, call 1) was started after its step was completed', `UPDATE run_tool_call SET started_at = now() + interval '1 hour' WHERE run_id = :run AND ordinal = 1`],
  ['I7', 'step 1 was wiped although its model call was recorded', `UPDATE run_chunk SET body = '[{"type":"reset-step"},' || substr(body, 2) WHERE run_id = :run AND to_seq = (SELECT last_seq FROM run_step WHERE run_id = :run AND step_number = 1)`],

  ['I8', 'it was claimed (epoch 1)', `UPDATE run SET stop_requested_at = started_at - interval '1 hour' WHERE id = :run`],
  ['I8', 'send was started', `UPDATE run SET stop_requested_at = started_at - interval '1 hour' WHERE id = :run`],
  ['I8', 'a step began (chunk', `UPDATE run SET stop_requested_at = started_at - interval '1 hour' WHERE id = :run`],
  ['I8', 'it was stopped before it began, and was worked on', 'UPDATE run SET stop_requested_at = now(), started_at = NULL WHERE id = :run'],

  ['I9', 'rows of its journal belong to another workspace', 'UPDATE run_chunk SET workspace_id = gen_random_uuid() WHERE run_id = :run'],
  ['I9', 'the run belongs to another workspace than its chat', 'UPDATE run SET workspace_id = gen_random_uuid() WHERE id = :run'],
];

describe('what is planted in the rows', () => {
  it.each(plants)('%s: … %s …', async (invariant, what, sql) => {
    const chat = await playChat(store);
    const check = () => checkInvariants(store.db.pool, { chatIds: [chat.chatId], settled: true });
    expect(await check()).toEqual([]);
    await plant(chat, sql);
    const found = (await check()).filter((violation) => violation.invariant === invariant);
    expect(found).toContainEqual(expect.objectContaining({ chatId: chat.chatId, what: expect.stringContaining(what) }));
  });
});

describe('what is older than the records of attempts', () => {
  it('lets an earlier run be without attempts, and with those since', async () => {
    const chat = await playChat(store);
    const check = () => checkInvariants(store.db.pool, { chatIds: [chat.chatId], settled: true });
    await plant(chat, `UPDATE _prisma_migrations SET finished_at = now() + interval '1 minute' WHERE migration_name LIKE '%takeover'`);
    await plant(chat, 'UPDATE run_attempt SET epoch = 2, started_at = ended_at, last_seq = run.last_seq FROM run WHERE id = run_id AND run_id = :run; UPDATE run SET epoch = 2 WHERE id = :run');
    expect(await check()).toEqual([]);
    await plant(chat, 'DELETE FROM run_attempt WHERE run_id = :run');
    expect(await check()).toEqual([]);
  });
});
