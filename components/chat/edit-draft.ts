import type { ChatMessage } from '#domain/message-view';
import type { SavedDraft } from './draft-state.ts';
import { type DraftStorage, loadDraft, saveDraft } from './draft-store.ts';

const keyOf = (messageId: string) => `edit.${messageId}`;

/** Words that have not gone out. The files that go with them are the message's, and stay with it. */
export function newWords(text: string): SavedDraft {
  return { text, attachments: [], outgoing: null };
}

/** New words of a message that were typed and not sent, or null: also where they have arrived and only the answer was lost. */
export function loadEdit(storage: DraftStorage, { id, metadata }: ChatMessage): SavedDraft | null {
  const kept = loadDraft(storage, keyOf(id));
  const hasArrived = kept?.outgoing?.text === kept?.text && metadata?.siblings?.includes(kept?.outgoing?.id ?? '');
  if (!hasArrived) return kept;
  saveEdit(storage, id, null);
  return null;
}

/** Keep new words over a reload; null forgets them. */
export function saveEdit(storage: DraftStorage, messageId: string, edit: SavedDraft | null): void {
  saveDraft(storage, keyOf(messageId), edit ?? newWords(''));
}

/** The words as they go out: under a fresh id unless these very words went out before. */
export function sendEdit({ text, outgoing }: SavedDraft, freshId: string) {
  const isKnown = outgoing?.text === text;
  return { ...newWords(text), outgoing: isKnown ? outgoing : { id: freshId, text, attachments: [], chatId: null } };
}
