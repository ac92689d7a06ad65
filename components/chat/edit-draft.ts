/** A message of the chat that is being said anew, not yet sent. */
export type EditDraft = {
  messageId: string;
  text: string;
  /** what was sent last and as which message: the same words after a lost answer are the same message */
  sent: { id: string; text: string } | null;
};

const keyOf = (chatId: string) => `holdfast.edit.${chatId}`;

/** What was kept of a chat's edit, or null. What cannot be read counts as none. */
export function loadEdit(storage: Storage, chatId: string): EditDraft | null {
  try {
    const saved = JSON.parse(storage.getItem(keyOf(chatId)) ?? 'null') as unknown;
    return isEditDraft(saved) ? saved : null;
  } catch {
    return null;
  }
}

/** Keep an edit over a reload; null forgets it. Storage may be full or switched off, and must not take the page down. */
export function saveEdit(storage: Storage, chatId: string, draft: EditDraft | null): void {
  try {
    if (draft) storage.setItem(keyOf(chatId), JSON.stringify(draft));
    else storage.removeItem(keyOf(chatId));
  } catch {
    // The words are still in the page.
  }
}

/** The draft as it goes out: under a fresh id unless these very words went out before. */
export function sendEdit(draft: EditDraft, freshId: string): EditDraft & { sent: { id: string; text: string } } {
  const { text, sent } = draft;
  return { ...draft, sent: sent?.text === text ? sent : { id: freshId, text } };
}

function isEditDraft(value: unknown): value is EditDraft {
  const { messageId, text, sent } = (value ?? {}) as Partial<EditDraft>;
  if (typeof messageId !== 'string' || typeof text !== 'string') return false;
  return sent === null || (typeof sent?.id === 'string' && typeof sent.text === 'string');
}
