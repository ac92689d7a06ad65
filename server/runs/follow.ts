/**
 * Follow: a chat's live view for one subscriber. Subscribe first, then read what came after the cursor, then live;
 * chunks that were seen are dropped, gaps are filled from the journal.
 */
import type { ChatMessage, Chunk } from '#domain/message-view';
import { mergeChunks } from '#domain/merge-chunks';
import type { ChunksEvent, RunEvent } from '#domain/run-event';
import { isActive } from '#domain/run-status';
import { chunksFromParts } from './chunks-from-parts.ts';
import { type ChatChanges, readChanges, readStart } from './chat-changes.ts';
import { decodeCursor, encodeCursor, type FollowPosition } from './cursor.ts';
import type { Hub } from './hub.ts';
import type { ParsedChunkHint } from './inbox.ts';
import { joinHints } from './join-hints.ts';
import { chunksOf, type JournalRow, readJournal } from './journal-reading.ts';
import type { RunDatabase } from './run-database.ts';
import { type RunRow, toRunView } from './run-row.ts';

export type FollowOptions = {
  chatId: string;
  /** id of the last event that the caller has dealt with */
  lastEventId?: string | null | undefined;
  /** ends the generator */
  signal: AbortSignal;
  /** Throws once the follower may no longer see the chat; asked at the start and at each change of the chat. */
  recheck?: (() => Promise<unknown>) | undefined;
};

/** An event and the cursor that stands after it. */
export type FollowedEvent = { id: string; event: RunEvent };

/**
 * Everything a chat's follower must know, from the cursor on (from the present without one). Ends when the signal
 * aborts or the chat is gone.
 *
 * @throws what `recheck` throws
 * @throws when the database is away; resuming with the last id loses nothing
 */
export async function* followChat(db: RunDatabase, hub: Hub, options: FollowOptions): AsyncGenerator<FollowedEvent> {
  const { chatId, signal } = options;
  const follower = hub.follow(chatId);
  const { inbox } = follower;
  signal.addEventListener('abort', inbox.close, { once: true });
  try {
    if (signal.aborted) return;
    const cursor = options.lastEventId ? decodeCursor(options.lastEventId) : null;
    const start = await readStart(db, chatId, { cursor, isResume: Boolean(options.lastEventId) });
    if (!start) return;
    // After the revision was read: what changes the right later raises it.
    await options.recheck?.();
    const position = start.position;
    yield* tellChanges(db, position, start);
    for (;;) {
      follower.place = position;
      const news = await inbox.take();
      if (!news) return;
      for (const hint of joinHints(news.hints, position)) {
        if (hint.runId !== position.runId) news.changed = true;
        else yield* tellHint(db, position, hint);
      }
      if (!news.changed) continue;
      const changes = await readChanges(db, chatId, position);
      if (!changes) return;
      await options.recheck?.();
      yield* tellChanges(db, position, { changes, replay: false });
    }
  } finally {
    signal.removeEventListener('abort', inbox.close);
    follower.leave();
  }
}

/** replay: tell the newest run whole even when it is over. */
type News = { changes: ChatChanges; replay: boolean };

/** Moves `position` as it tells; the revision only with the last event, so that a cut in between loses nothing. */
async function* tellChanges(
  db: RunDatabase,
  position: FollowPosition,
  { changes, replay }: News,
): AsyncGenerator<FollowedEvent> {
  const told = tellInOrder(db, position, { changes, replay });
  let previous = await told.next();
  while (!previous.done) {
    const next = await told.next();
    if (next.done) position.revision = changes.revision;
    const { event, seq, runId } = previous.value;
    yield { id: encodeCursor({ revision: position.revision, runId, seq }), event };
    previous = next;
  }
  position.revision = changes.revision;
}

type Told = { event: RunEvent; runId: string | null; seq: number };

/**
 * Another branch first: who reads it anew has the rest. New and open messages, then each run with its chunks, then the
 * answers that were settled and what is queued.
 */
async function* tellInOrder(
  db: RunDatabase,
  position: FollowPosition,
  { changes, replay }: News,
): AsyncGenerator<Told> {
  const at = (event: RunEvent): Told => ({ event, runId: position.runId, seq: position.seq });
  if (changes.turnedTo !== null) yield at({ type: 'branch', leafId: changes.turnedTo });
  for (const message of changes.messages.filter(isOpen)) yield at({ type: 'message', message });
  if (changes.runs.length === 0 && changes.isFirst) yield at({ type: 'run', run: null });
  for (const run of changes.runs) {
    const wasFollowed = run.id === position.runId;
    const isNewest = run.id === changes.runs.at(-1)?.id;
    if (!wasFollowed && (isActive(run.status) || isNewest)) Object.assign(position, { runId: run.id, seq: 0 });
    const isFollowed = run.id === position.runId;
    const tellsChunks = isFollowed && (isActive(run.status) || (wasFollowed && position.seq > 0) || replay);
    if (!tellsChunks && isFollowed) position.seq = run.last_seq;
    const isNews = changes.isFirst || run.revision > position.revision;
    if (isNews && isActive(run.status)) yield at({ type: 'run', run: toRunView(run) });
    if (tellsChunks) {
      for await (const event of tellBacklog(db, position, run)) yield at(event);
    }
    if (isNews && !isActive(run.status)) yield at({ type: 'run', run: toRunView(run) });
  }
  for (const messageId of changes.removedIds) yield at({ type: 'removed', messageId });
  for (const message of changes.messages) {
    if (!isOpen(message)) yield at({ type: 'message', message });
  }
}

function isOpen({ role, metadata }: ChatMessage): boolean {
  return metadata?.status === 'streaming' || (role === 'user' && metadata?.status !== 'queued');
}

async function* tellHint(db: RunDatabase, position: FollowPosition, hint: ParsedChunkHint): AsyncGenerator<FollowedEvent> {
  if (hint.toSeq <= position.seq) return;
  const place = { runId: hint.runId, messageId: hint.messageId };
  const events =
    hint.body && hint.fromSeq === position.seq + 1
      ? [chunksEvent(place, { ...hint, chunks: hint.body as Chunk[] })]
      : await readBacklog(db, position, place);
  for (const event of events) {
    position.seq = event.toSeq;
    yield { id: encodeCursor(position), event };
  }
}

async function* tellBacklog(db: RunDatabase, position: FollowPosition, run: RunRow): AsyncGenerator<ChunksEvent> {
  const place = { runId: run.id, messageId: run.assistant_message_id };
  const rows = await readBacklog(db, position, place);
  // Chunks that were counted and are not there have been deleted since the run ended.
  const events = rows.length === 0 && position.seq < run.last_seq ? await readPruned(db, run) : rows;
  for (const event of events) {
    position.seq = event.toSeq;
    yield event;
  }
}

type RunPlace = { runId: string; messageId: string };

/** What the journal holds after the position, as one event; from the beginning when the position fits no row. */
async function readBacklog(db: RunDatabase, position: FollowPosition, place: RunPlace): Promise<ChunksEvent[]> {
  let rows = await readJournal(db.pool, place.runId, position.seq);
  if (rows[0] && rows[0].from_seq !== position.seq + 1) rows = await readJournal(db.pool, place.runId);
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return [];
  return [chunksEvent(place, { ...rangeOf(first, last), chunks: chunksOf(rows) })];
}

const rangeOf = (first: JournalRow, last: JournalRow) => ({
  epoch: last.epoch,
  fromSeq: first.from_seq,
  toSeq: last.to_seq,
});

/** The journal is gone and the message has it all: whoever has not seen the end gets the whole of it. */
async function readPruned(db: RunDatabase, run: RunRow): Promise<ChunksEvent[]> {
  const { rows } = await db.pool.query<{ parts: Parameters<typeof chunksFromParts>[1] }>(
    'SELECT parts FROM message WHERE chat_id = $1 AND id = $2',
    [run.chat_id, run.assistant_message_id],
  );
  const place = { runId: run.id, messageId: run.assistant_message_id };
  const chunks = chunksFromParts(run.assistant_message_id, rows[0]?.parts.slice(run.base_parts.length) ?? []);
  return [chunksEvent(place, { epoch: run.epoch, fromSeq: 1, toSeq: run.last_seq, chunks })];
}

type ChunkRange = { epoch: number; fromSeq: number; toSeq: number; chunks: readonly Chunk[] };

function chunksEvent(place: RunPlace, { epoch, fromSeq, toSeq, chunks }: ChunkRange): ChunksEvent {
  const { runId, messageId } = place;
  return { type: 'chunks', runId, messageId, epoch, fromSeq, toSeq, replace: fromSeq === 1, chunks: mergeChunks(chunks) };
}
