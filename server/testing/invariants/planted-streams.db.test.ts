/** What a client should never have heard is found: each test spoils what a sound follower heard in one way. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Chunk } from '#domain/message-view';
import type { ChunksEvent, RunEvent } from '#domain/run-event';
import type { RunView } from '#domain/run-view';
import { createHub } from '#server/runs/hub';
import { pruneJournals } from '#server/runs/sweeps';
import { recordFollower } from '../follower.ts';
import { checkInvariants, type CheckOptions } from '../invariants.ts';
import { silentLog, useRunDatabase } from '../run-database.ts';
import { insertChat } from '../run-factories.ts';
import type { ClientStream } from './evidence.ts';
import { playChat, type PlayedChat } from './played-chat.ts';
import type { Invariant } from './violation.ts';

const store = useRunDatabase();

const check = ({ chatId }: PlayedChat, evidence: CheckOptions) =>
  checkInvariants(store.db.pool, { chatIds: [chatId], settled: true, ...evidence });
const chunksIn = (events: readonly RunEvent[]) => events.filter((event): event is ChunksEvent => event.type === 'chunks');
const without = (events: readonly RunEvent[], gone: RunEvent | undefined) => events.filter((event) => event !== gone);

/** The journal of this run is deleted. */
async function prune({ runId }: PlayedChat) {
  await store.db.pool.query(`UPDATE run SET finished_at = finished_at + interval '1 day' WHERE id = $1`, [runId]);
  await pruneJournals(store.db, -172_800);
}

type Spoiled = readonly RunEvent[] | Partial<ClientStream>;
type Case = [invariant: Invariant, what: string, spoil: (events: RunEvent[], chat: PlayedChat) => Spoiled];

type Pick = (chunks: ChunksEvent[]) => ChunksEvent | undefined;

const change = (events: RunEvent[], pick: Pick, fields: Partial<ChunksEvent>): RunEvent[] =>
  events.map((event) => (event.type === 'chunks' && event === pick(chunksIn(events)) ? { ...event, ...fields } : event));
const first = (chunks: ChunksEvent[]) => chunks[0];
const second = (chunks: ChunksEvent[]) => chunks[1];
const last = (chunks: ChunksEvent[]) => chunks.at(-1);
const runsIn = (events: readonly RunEvent[]) => events.filter((event) => event.type === 'run' && event.run);
const changeRun = (events: RunEvent[], fields: object): RunEvent[] =>
  events.map((event) => {
    if (event.type !== 'run' || event !== runsIn(events).at(-1)) return event;
    return { ...event, run: { ...event.run, ...fields } as RunView };
  });
const changeAnswer = (events: RunEvent[]): RunEvent[] =>
  events.map((event) => {
    if (event.type !== 'message' || event.message.metadata?.status !== 'completed') return event;
    return { ...event, message: { ...event.message, parts: [] } };
  });
const changeMessageId = (events: RunEvent[], id: string): RunEvent[] =>
  events.map((event) => (event.type === 'message' ? { ...event, message: { ...event.message, id } } : event));

const otherStep: Chunk[] = [
  { type: 'start-step' },
  { type: 'text-start', id: 'z' },
  { type: 'text-delta', id: 'z', delta: 'never said' },
  { type: 'text-end', id: 'z' },
  { type: 'finish-step' },
];

const cases: Case[] = [
  ['I6', 'is no replace', (events) => without(events, first(chunksIn(events)))],
  ['I6', 'came after', (events) => without(events, second(chunksIn(events)))],
  ['I6', 'came after', (events) => events.flatMap((event) => (event === second(chunksIn(events)) ? [event, event] : [event]))],
  ['I6', 'a replace begins with', (events) => change(events, second, { replace: true })],
  ['I6', 'runs backwards', (events) => change(events, second, { toSeq: 0 })],
  ['I6', 'the epochs of its ranges fall', (events) => change(events, first, { epoch: 2 })],
  ['I6', 'the epochs that were told fall', (events) => changeRun(events, { epoch: 0 })],
  ['I6', 'is for the message', (events, { questionId }) => change(events, second, { messageId: questionId })],
  ['I6', 'is of epoch 2, the run is at 1', (events) => change(events, last, { epoch: 2 })],
  ['I6', "goes past the run's last chunk", (events) => change(events, last, { toSeq: 9999 })],
  ['I6', 'is not in the journal', (events) => change(events, first, { toSeq: -1 })],
  ['I6', 'is of epoch 0, in the journal of 1', (events) => change(events, first, { epoch: 0 })],
  ['I6', 'says something else in the journal', (events) => change(events, second, { chunks: [{ type: 'text-start', id: 'z' }] })],
  ['I6', 'heard chunks that are none', (events) => change(events, second, { chunks: [{ type: 'text-delta', id: 'z' } as never] })],
  ['I6', 'folds to something else than the answer', (events) => change(events, last, { chunks: [{ type: 'text-start', id: 'z' }, { type: 'text-delta', id: 'z', delta: '!' }] })],
  ['I6', 'a step that a client saw completed has changed', (events) => change(events, first, { chunks: otherStep })],
  ['I6', 'followed to the end heard up to', (events) => without(events, last(chunksIn(events)))],
  ['I6', 'was not told of it', (events) => without(events, runsIn(events).at(-1))],
  ['I6', 'other base parts', (events) => changeRun(events, { baseParts: [{ type: 'text', text: 'x' }] })],
  ['I6', 'was told as settled and is stored otherwise', changeAnswer],
  ['I2', 'a client heard that it aborted, the run is succeeded', (events) => changeRun(events, { status: 'aborted' })],
  ['I2', 'a client heard that it succeeded, and then that it is', (events) => [...events, ...changeRun(events, { status: 'running' }).filter((event) => event.type === 'run')]],
  ['I9', 'without being a member of it', (events) => ({ events, userId: '00000000-0000-7000-8000-000000000000' })],
  ['I9', 'a client heard of the run', (events, { questionId }) => change(events, second, { runId: questionId })],
  ['I9', 'a client heard of the message', (events, { runId }) => change(events, second, { messageId: runId })],
  ['I9', 'a client heard of the run', (events, { answerId }) => changeRun(events, { chatId: answerId })],
  ['I9', 'a client heard of the message', (events, { runId }) => changeMessageId(events, runId)],
];

describe('what is planted in a stream', () => {
  it.each(cases)('%s: … %s …', async (invariant, what, spoil) => {
    const chat = await playChat(store);
    expect(await check(chat, { streams: [chat.stream] })).toEqual([]);
    const spoiled = spoil([...chat.stream.events], chat);
    const stream = { ...chat.stream, ...('length' in spoiled ? { events: spoiled } : spoiled) };
    const found = (await check(chat, { streams: [stream] })).filter((violation) => violation.invariant === invariant);
    expect(found).toContainEqual(expect.objectContaining({ chatId: chat.chatId, what: expect.stringContaining(what) }));
  });

  it('I6: finds other words and a changed step when the journal is gone too', async () => {
    const chat = await playChat(store);
    await prune(chat);
    expect(await check(chat, { streams: [chat.stream] })).toEqual([]);
    const reworded = (words: string) => JSON.parse(JSON.stringify(chat.stream).replaceAll(words, 'Other words.')) as ClientStream;
    const whats = async (stream: ClientStream) => (await check(chat, { streams: [stream] })).map(({ what }) => what);
    expect(await whats(reworded('It is done.'))).toContain('what a client heard folds to something else than the answer');
    expect(await whats(reworded('I look and send.'))).toContain('a step that a client saw completed has changed');
  });

  it('I6: takes a stream that was resumed for what it is, and finds what is wrong in it', async () => {
    const chat = await playChat(store);
    const [begin, ...rest] = chunksIn(chat.stream.events);
    const resumed = { ...chat.stream, resumed: true, events: without(chat.stream.events, begin) };
    expect(await check(chat, { streams: [resumed] })).toEqual([]);
    const cut = { ...resumed, events: without(resumed.events, rest[1]) };
    expect(await check(chat, { streams: [cut] })).toContainEqual(expect.objectContaining({ invariant: 'I6' }));
  });

  it('I6: takes the message that is told once the journal is gone', async () => {
    const chat = await playChat(store);
    await prune(chat);
    // No chunk can be made of it, so it is not told.
    const unknown = JSON.stringify([{ type: 'data-note', data: 1 }]);
    await store.db.pool.query('UPDATE message SET parts = parts || $2::jsonb WHERE id = $1', [chat.answerId, unknown]);
    const hub = createHub(store.db, { connectionString: store.url, log: silentLog });
    onTestFinished(() => hub.close());
    const late = recordFollower(store.db, hub, { chatId: chat.chatId, lastEventId: 'unknown' });
    await late.until((event) => event.type === 'message');
    await late.leave();
    const events = late.events.map(({ event }) => event);
    expect(chunksIn(events)).toHaveLength(1);
    expect(await check(chat, { streams: [{ ...chat, events }] })).toEqual([]);
    const other = events.map((event): RunEvent => {
      if (event.type !== 'chunks') return event;
      return JSON.parse(JSON.stringify(event).replaceAll('It is done.', 'It is not.')) as RunEvent;
    });
    const found = await check(chat, { streams: [{ ...chat, events: other }] });
    expect(found).toMatchObject([{ invariant: 'I6', what: 'what a client heard folds to something else than the answer' }]);
  });

  it('I9: finds the events of one chat in a stream of another', async () => {
    const chat = await playChat(store);
    const other = await insertChat(store.db);
    const found = await check(chat, { streams: [{ ...other, events: chat.stream.events }] });
    const strange = [chat.runId, chat.answerId].map((id) => expect.stringContaining(id));
    expect(found.map(({ invariant, what }) => ({ invariant, what }))).toEqual(
      expect.arrayContaining(strange.map((what) => ({ invariant: 'I9', what }))),
    );
  });

  it('I6: looks at the ranges of a stream whose chat is gone', async () => {
    const chat = await playChat(store);
    await store.db.prisma.workspace.delete({ where: { id: chat.workspaceId } });
    expect(await check(chat, { streams: [chat.stream] })).toEqual([]);
    const cut = { ...chat.stream, events: without(chat.stream.events, chunksIn(chat.stream.events)[1]) };
    expect(await check(chat, { streams: [cut] })).toMatchObject([{ invariant: 'I6', chatId: chat.chatId, runId: chat.runId }]);
  });
});

describe('what others have seen', () => {
  const seen = async (change: (starts: PlayedChat['toolStarts']) => PlayedChat['toolStarts']) => {
    const chat = await playChat(store);
    expect(await check(chat, { toolStarts: chat.toolStarts })).toEqual([]);
    return check(chat, { toolStarts: change(chat.toolStarts) });
  };

  it('I7: finds a tool that is not idempotent and was started twice', async () => {
    expect(await seen((starts) => [...starts, ...starts.filter(({ idempotent }) => !idempotent)])).toMatchObject([
      { invariant: 'I7', what: expect.stringContaining('came to it 2 times') },
    ]);
  });

  it('I7: finds an idempotent tool that was started more often than is recorded', async () => {
    expect(await seen((starts) => [...starts, ...starts.filter(({ idempotent }) => idempotent)])).toMatchObject([
      { invariant: 'I7', what: expect.stringContaining('was started 2 times, 1 are recorded') },
    ]);
  });

  it('I7: finds a start that is not recorded', async () => {
    const found = await seen(([start, ...others]) => [{ ...start!, idempotencyKey: start!.idempotencyKey.replace(/1$/, '9') }, ...others]);
    expect(found).toMatchObject([{ invariant: 'I7', what: expect.stringContaining('is not recorded') }]);
  });

  it('I7: finds a start that is recorded as something else', async () => {
    const found = await seen((starts) => starts.map((start) => ({ ...start, toolName: 'other', idempotent: !start.idempotent })));
    const whats = found.map(({ what }) => what);
    expect(whats).toContainEqual(expect.stringContaining('other was started'));
    expect(whats).toContainEqual(expect.stringContaining('is recorded as if it were idempotent'));
  });

  it('I8: finds a question to the model after the stop, but for that of an owner who was frozen before it', async () => {
    const chat = await playChat(store);
    const { rows } = await store.db.pool.query<{ stop_requested_at: Date }>(
      'UPDATE run SET stop_requested_at = finished_at WHERE id = $1 RETURNING stop_requested_at',
      [chat.runId],
    );
    const at = (ms: number) => ({ runId: chat.runId, beganAtMs: rows[0]!.stop_requested_at.getTime() + ms });
    expect(await check(chat, { modelCalls: [at(-50), at(50)] })).toEqual([]);
    const late = await check(chat, { modelCalls: [at(5_000)] });
    expect(late).toMatchObject([{ invariant: 'I8', runId: chat.runId, what: 'the model was asked 5000 ms after its stop' }]);
    expect(await check(chat, { modelCalls: [at(5_000)], databaseDelayMs: 4_000 })).toEqual([]);
    await store.db.pool.query(`UPDATE run_attempt SET end_reason = 'lease_expired' WHERE run_id = $1`, [chat.runId]);
    expect(await check(chat, { modelCalls: [at(5_000)] })).toEqual([]);
    expect(await check(chat, { modelCalls: [at(5_000), at(6_000)] })).toHaveLength(1);
  });
});
