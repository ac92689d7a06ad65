import { attempt } from '#components/ui/attempt.ts';
import { keptEditKey } from './kept-queue-edit.ts';

/**
 * The change of a queued message that is being typed. It is no draft such as edit-draft.ts keeps: those are looked for by
 * their message, this one by its chat, since its message may have left the queue and the words must be found and handed
 * over all the same; and it is heard of by listeners, since the box that it is typed into comes and goes with the queue.
 */
export type QueueEdit = {
  messageId: string;
  /** as it stands in the queue */
  original: string;
  text: string;
};

/** By chat; one at a time in each. */
const edits = new Map<string, QueueEdit | null>();
const listeners = new Set<() => void>();

export function subscribeQueueEdits(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The chat's edit; after a reload the one that the tab has kept. */
export function readQueueEdit(chatId: string): QueueEdit | null {
  const known = edits.get(chatId);
  if (known !== undefined) return known;
  const kept = attempt(() => JSON.parse(sessionStorage.getItem(keptEditKey(chatId)) ?? 'null') as unknown);
  const edit = isQueueEdit(kept) ? kept : null;
  edits.set(chatId, edit);
  return edit;
}

/** Kept in the tab with every key, so that a reload loses nothing. */
export function writeQueueEdit(chatId: string, edit: QueueEdit | null): void {
  edits.set(chatId, edit);
  attempt(() =>
    edit ? sessionStorage.setItem(keptEditKey(chatId), JSON.stringify(edit)) : sessionStorage.removeItem(keptEditKey(chatId)),
  );
  for (const listener of listeners) listener();
}

function isQueueEdit(value: unknown): value is QueueEdit {
  const { messageId, original, text } = (value ?? {}) as Partial<QueueEdit>;
  return typeof messageId === 'string' && typeof original === 'string' && typeof text === 'string';
}
