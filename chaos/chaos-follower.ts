import type { RunEvent } from '#domain/run-event';
import { type Api, followByEvents, followBySocket, type Following, refusalOf } from '#server/testing/api-client';
import { instant } from '#server/testing/model-answer';
import { within } from './within.ts';

export type HeardEvent = {
  /** the cursor after it */
  id: string;
  event: RunEvent;
  /** its arrival, ms since 1970 */
  at: number;
};

export type FollowHow = { by?: 'socket' | 'events'; lastEventId?: string | undefined };

/** What a page takes for "Reconnecting…": no answer at all, or "the database is away". */
const passing = new Set([null, 'UNAVAILABLE']);

/** Follows a chat as a page does: through every interruption, by its cursor. Remembers all that it hears. */
export class ChaosFollower {
  readonly chatId: string;
  readonly events: HeardEvent[] = [];
  /** what a page would have shown as an error */
  readonly errors: string[] = [];
  reconnects = 0;
  lastEventId: string | undefined;
  /** the cursor at which it began */
  readonly firstCursor: string | undefined;
  readonly #api: Api;
  readonly #by: 'socket' | 'events';
  readonly #waiting = new Set<() => void>();
  #following: Following | null = null;
  #attempt = 0;
  #failures = 0;
  #closed = false;

  constructor(api: Api, chatId: string, { by = 'socket', lastEventId }: FollowHow = {}) {
    this.#api = api;
    this.chatId = chatId;
    this.#by = by;
    this.lastEventId = lastEventId;
    this.firstCursor = lastEventId;
    this.#begin();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The first event, heard already or not, for which this holds. @throws after `ms` */
  until(test: (event: RunEvent, heard: HeardEvent) => boolean, what: string, ms = 20_000): Promise<HeardEvent> {
    const found = Promise.withResolvers<HeardEvent>();
    let looked = 0;
    const look = () => {
      for (; looked < this.events.length; looked++) {
        const heard = this.events[looked]!;
        if (test(heard.event, heard)) return found.resolve(heard);
      }
    };
    this.#waiting.add(look);
    look();
    return within(ms, what, found.promise).finally(() => this.#waiting.delete(look));
  }

  /** Break the connection and come back by the cursor. */
  reconnect(): void {
    this.reconnects += 1;
    this.#begin();
  }

  close(): void {
    this.#closed = true;
    this.#following?.close();
  }

  #begin(): void {
    const attempt = ++this.#attempt;
    this.#following?.close();
    const { chatId, lastEventId } = this;
    const follow = this.#by === 'socket' ? followBySocket : followByEvents;
    this.#following = follow(
      this.#api,
      {
        chatId,
        lastEventId,
        onReconnect: () => void (this.reconnects += attempt === this.#attempt ? 1 : 0),
        onEnd: (error) => attempt === this.#attempt && this.#endsWith(error),
      },
      (event, id) => attempt === this.#attempt && this.#hear(event, id),
    );
  }

  #hear(event: RunEvent, id: string): void {
    this.#failures = 0;
    this.lastEventId = id;
    this.events.push({ id, event, at: instant() });
    for (const look of this.#waiting) look();
  }

  #endsWith(error: unknown): void {
    if (this.#closed) return;
    const refusal = refusalOf(error);
    if (!passing.has(refusal)) this.errors.push(`${refusal}: ${String(error)}`);
    const delayMs = Math.min(1_000, 50 * 2 ** this.#failures++);
    setTimeout(() => this.#closed || this.reconnect(), delayMs).unref();
  }
}
