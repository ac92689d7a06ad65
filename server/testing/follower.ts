/** A follower that records what it hears, for tests. */
import { foldChunks } from '#domain/fold-chunks';
import type { ChatMessage } from '#domain/message-view';
import type { ChunksEvent, RunEvent } from '#domain/run-event';
import { followChat, type FollowedEvent } from '#server/runs/follow';
import type { Hub } from '#server/runs/hub';
import type { RunDatabase } from '#server/runs/run-database';

export type RecordedFollower = {
  events: FollowedEvent[];
  /** Resolves with the first event, heard already or not, that satisfies the test. */
  until(test: (event: RunEvent) => boolean): Promise<FollowedEvent>;
  /** Resolves when the generator has ended by itself. */
  ended: Promise<void>;
  leave(): Promise<void>;
};

/** Begin to follow; what is heard is recorded from now on. */
export function recordFollower(
  db: RunDatabase,
  hub: Hub,
  { chatId, lastEventId }: { chatId: string; lastEventId?: string },
): RecordedFollower {
  const leaving = new AbortController();
  const events: FollowedEvent[] = [];
  const waiting = new Set<() => void>();
  const done = (async () => {
    for await (const event of followChat(db, hub, { chatId, lastEventId, signal: leaving.signal })) {
      events.push(event);
      for (const look of waiting) look();
    }
  })();
  return {
    events,
    until: (test) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = events.find(({ event }) => test(event));
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        done.catch(reject);
      }),
    ended: done,
    async leave() {
      leaving.abort();
      await done;
    },
  };
}

/**
 * What a page makes of the chunks of a run: from the last `replace` on.
 *
 * @throws when the ranges in between are not contiguous
 */
export async function foldHeard(events: readonly FollowedEvent[], runId: string): Promise<ChatMessage['parts']> {
  const chunks = events
    .map(({ event }) => event)
    .filter((event): event is ChunksEvent => event.type === 'chunks' && event.runId === runId);
  const begin = chunks.findLastIndex(({ replace }) => replace);
  const heard = chunks.slice(begin);
  heard.reduce((previous, next) => {
    if (next.fromSeq !== previous.toSeq + 1) throw new Error(`gap: ${previous.toSeq} then ${next.fromSeq}`);
    return next;
  });
  const messageId = heard[0]!.messageId;
  return foldChunks({ messageId, baseParts: [] }, heard.flatMap((event) => event.chunks));
}
