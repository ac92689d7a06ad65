/** What a follower has not dealt with yet: chunk hints up to a bound, and the fact that something changed. */
import type { unpackChunkHints } from './hints.ts';

export type ParsedChunkHint = ReturnType<typeof unpackChunkHints>[number];

/** changed: read the chat again, for hints alone do not tell everything. */
export type InboxContent = { changed: boolean; hints: ParsedChunkHint[] };

export type Inbox = {
  putHint(hint: ParsedChunkHint, length: number): void;
  putChange(): void;
  /** What is missed cannot be found out: from now on `take` rejects with this error. */
  putTrouble(error: unknown): void;
  /** Resolves with everything put since, as soon as there is something; null once it is closed. */
  take(): Promise<InboxContent | null>;
  /** Nobody takes any more. */
  close: () => void;
};

/** A follower that reads slowly holds no more than this; past it, the journal serves him. */
const maxHeldLength = 1_048_576;

export function createInbox(): Inbox {
  let content: InboxContent = { changed: false, hints: [] };
  let heldLength = 0;
  let trouble: { error: unknown } | undefined;
  let closed = false;
  let wake: (() => void) | undefined;

  const isEmpty = () => !content.changed && content.hints.length === 0 && !trouble;
  return {
    putHint(hint, length) {
      heldLength += length;
      if (heldLength > maxHeldLength) content = { changed: true, hints: [] };
      else content.hints.push(hint);
      wake?.();
    },
    putChange() {
      content.changed = true;
      wake?.();
    },
    putTrouble(error) {
      trouble = { error };
      wake?.();
    },
    async take() {
      if (isEmpty() && !closed) await new Promise<void>((resolve) => (wake = resolve));
      wake = undefined;
      if (closed) return null;
      if (trouble) throw trouble.error;
      const taken = content;
      content = { changed: false, hints: [] };
      heldLength = 0;
      return taken;
    },
    close() {
      closed = true;
      wake?.();
    },
  };
}
