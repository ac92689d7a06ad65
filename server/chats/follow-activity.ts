/**
 * chat.activity: hints tell at once, and a sweep over everything that changed lately heals lost hints. The cursor is
 * the database's clock at the last sweep: everything that changed before it has been told. Sweeps overlap, since a
 * transaction stamps its rows when it begins and shows them when it commits; the same line told twice does no harm.
 */
import type { ChatActivityEvent } from '#domain/chat-view';
import type { Hub } from '#server/runs/hub';
import type { RunDatabase } from '#server/runs/run-database';
import { readChangesAfter, readChats, readLatestChanges, readNow } from './changed-chats.ts';
import type { Membership } from './list-chats.ts';

/** Longer than any transaction of ours. */
const overlapMs = 10_000;
const sweepEveryMs = 20_000;
/** Told to a follower without a cursor: whatever may have changed since it read the list. */
const firstChanges = 50;

type Activity = { id: string; event: ChatActivityEvent };
type Db = Pick<RunDatabase, 'pool'>;

/**
 * Tell what changes in the person's chats, until `signal` aborts.
 *
 * @throws when the database is away at the start; later it waits for it
 */
export async function* followActivity(
  db: Db,
  hub: Pick<Hub, 'onWorkspace'>,
  { membership, lastEventId, signal }: { membership: Membership; lastEventId: string | null; signal: AbortSignal },
): AsyncGenerator<Activity> {
  let hinted = new Set<string>();
  let sweepDue = false;
  const bell = createBell(signal);
  const note = (hint: { chatId: string } | null) => {
    if (hint) hinted.add(hint.chatId);
    else sweepDue = true;
    bell.ring();
  };
  const unsubscribe = hub.onWorkspace(membership.workspaceId, note);
  const sweepTimer = setInterval(note, sweepEveryMs, null);
  try {
    const teller = createTeller(db, membership);
    yield* await teller.begin(decodeInstant(lastEventId));
    while (await bell.rung()) {
      // Taken before they are dealt with: what is noted meanwhile is for the next round.
      const [chatIds, sweeps] = [[...hinted], sweepDue];
      [hinted, sweepDue] = [new Set(), false];
      if (chatIds.length > 0) yield* await teller.tell(chatIds).catch(nothingYet);
      if (sweeps) yield* await teller.sweep().catch(nothingYet);
    }
  } finally {
    clearInterval(sweepTimer);
    unsubscribe();
  }
}

/** The database is away: a later sweep begins where the last good one ended. */
const nothingYet = (): Activity[] => [];

function createTeller(db: Db, membership: Membership) {
  let sweptTo: Date;
  /** as last told, by chat; holds what a sweep may meet again */
  let told = new Map<string, string>();
  const remember = (events: ChatActivityEvent[]): Activity[] => {
    for (const event of events) told.set(chatIdOf(event), JSON.stringify(event));
    return events.map((event) => ({ id: sweptTo.toISOString(), event }));
  };
  return {
    async begin(resumeFrom: Date | null) {
      sweptTo = await readNow(db);
      return remember(
        resumeFrom
          ? await readChangesAfter(db, membership, overlapping(resumeFrom))
          : await readLatestChanges(db, membership, firstChanges),
      );
    },
    tell: async (chatIds: string[]) => remember(await readChats(db, membership, chatIds)),
    async sweep() {
      const now = await readNow(db);
      const changes = await readChangesAfter(db, membership, overlapping(sweptTo));
      const news = changes.filter((event) => told.get(chatIdOf(event)) !== JSON.stringify(event));
      sweptTo = now;
      told = new Map();
      remember(changes);
      return remember(news);
    },
  };
}

/** Rings are not lost between two waits, and do not add up. */
function createBell(signal: AbortSignal) {
  let isRung = false;
  let wake = () => {};
  const ring = () => {
    isRung = true;
    wake();
  };
  signal.addEventListener('abort', ring, { once: true });
  return {
    ring,
    /** @returns false once the signal has aborted */
    async rung(): Promise<boolean> {
      if (!isRung && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      isRung = false;
      return !signal.aborted;
    },
  };
}

const chatIdOf = (event: ChatActivityEvent) => (event.type === 'chat' ? event.chat.id : event.chatId);
const overlapping = (instant: Date) => new Date(instant.getTime() - overlapMs);

function decodeInstant(cursor: string | null): Date | null {
  const instant = new Date(cursor ?? Number.NaN);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
