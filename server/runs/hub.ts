/**
 * The hub: one LISTEN connection per web process, fanned out to its followers. Hints are hints: twice a second one query
 * looks at all followed chats, and who is still behind what the look before saw has missed something. (What the present
 * look sees may have its hint still on the way: over a slow link that is so all the time.)
 */
import type { Logger } from 'pino';
import { chatChannel, type ChatHint, chunkChannel, unpackChunkHints } from './hints.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { startListener } from './listener.ts';
import type { RunDatabase } from './run-database.ts';

/** Where a follower stands, for the poll to compare. */
export type FollowerPlace = { revision: number; runId: string | null; seq: number };
export type Follower = { inbox: Inbox; place: FollowerPlace; leave(): void };

export type Hub = {
  follow(chatId: string): Follower;
  /** Hear of every change to a chat of the workspace; null means "anything may have changed". Returns the way out. */
  onWorkspace(workspaceId: string, listener: (hint: { chatId: string } | null) => void): () => void;
  close(): Promise<void>;
};

type WorkspaceListener = Parameters<Hub['onWorkspace']>[1];

export type HubOptions = {
  connectionString: string;
  log: Logger;
  /** for tests */
  pollEveryMs?: number;
};

export function createHub(db: RunDatabase, { connectionString, log, pollEveryMs = 500 }: HubOptions): Hub {
  const followers = new Map<string, Set<Follower>>();
  const workspaces = new Map<string, Set<WorkspaceListener>>();

  const listener = startListener({
    connectionString,
    channels: [chunkChannel, chatChannel],
    log,
    onConnect() {
      for (const follower of [...followers.values()].flatMap((set) => [...set])) follower.inbox.putChange();
      for (const listen of [...workspaces.values()].flatMap((set) => [...set])) listen(null);
    },
    onNotification(channel, payload) {
      if (channel === chatChannel) return tellChange(JSON.parse(payload) as ChatHint);
      for (const hint of unpackChunkHints(payload)) {
        for (const follower of followers.get(hint.chatId) ?? []) follower.inbox.putHint(hint, payload.length);
      }
    },
  });

  function tellChange({ chatId, workspaceId }: ChatHint): void {
    for (const follower of followers.get(chatId) ?? []) follower.inbox.putChange();
    for (const listen of workspaces.get(workspaceId) ?? []) listen({ chatId });
  }

  const stopPolling = pollBehind(db, followers, { log, pollEveryMs });

  return {
    follow(chatId) {
      // Not behind until it knows where it stands.
      const place = { revision: Infinity, runId: null, seq: Infinity };
      const follower: Follower = { inbox: createInbox(), place, leave: () => leave() };
      const leave = join(followers, chatId, follower);
      return follower;
    },
    onWorkspace: (workspaceId, listen) => join(workspaces, workspaceId, listen),
    async close() {
      stopPolling();
      await listener.close();
    },
  };
}

/** Add to the set of a key, which is there as long as somebody is in it. Returns the way out. */
function join<Member>(sets: Map<string, Set<Member>>, key: string, member: Member): () => void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  set.add(member);
  return () => {
    set.delete(member);
    if (set.size === 0 && sets.get(key) === set) sets.delete(key);
  };
}

/** So many failed polls in a row mean that the database is away. */
const pollsUntilAway = 2;

type ChatState = { id: string; revision: number; run_id: string | null; last_seq: number | null };

/** Wakes the followers that are behind the database, or ends them when it is away. Returns the function that stops it. */
function pollBehind(
  db: RunDatabase,
  followers: Map<string, Set<Follower>>,
  { log, pollEveryMs }: { log: Logger; pollEveryMs: number },
): () => void {
  let polling = false;
  let failures = 0;
  /** null: the chat is gone */
  let seenBefore = new Map<string, ChatState | null>();
  async function poll(): Promise<void> {
    if (polling || followers.size === 0) return;
    polling = true;
    const chatIds = [...followers.keys()];
    try {
      const { rows } = await db.pool.query<ChatState>({
        name: 'poll-chats',
        text: `SELECT chat.id, chat.revision, run.id AS run_id, run.last_seq
                 FROM chat LEFT JOIN run ON run.chat_id = chat.id AND run.status IN ('pending', 'running')
                WHERE chat.id = ANY ($1::uuid[])`,
        values: [chatIds],
      });
      failures = 0;
      for (const [chatId, set] of followers) {
        for (const { place, inbox } of set) if (isBehind(place, seenBefore.get(chatId))) inbox.putChange();
      }
      const states = new Map(rows.map((row) => [row.id, row]));
      seenBefore = new Map(chatIds.map((chatId) => [chatId, states.get(chatId) ?? null]));
    } catch (error) {
      log.warn({ err: error }, 'poll failed');
      // Their pages say so, and come back where they stood. One failure may be a moment of too much work.
      if (++failures < pollsUntilAway) return;
      for (const set of followers.values()) for (const { inbox } of set) inbox.putTrouble(error);
    } finally {
      polling = false;
    }
  }
  const timer = setInterval(() => void poll(), pollEveryMs);
  return () => clearInterval(timer);
}

/** Also when the chat itself is gone: that is told nowhere else. */
function isBehind(place: FollowerPlace, state: ChatState | null | undefined): boolean {
  if (state === undefined) return false;
  if (!state || place.revision < state.revision) return true;
  return state.run_id === place.runId && place.seq < (state.last_seq ?? 0);
}
