import { attempt } from '#components/ui/attempt.ts';
import type { Attachment } from './attachment.ts';
import type { SavedDraft } from './draft-state.ts';

/** Where drafts are kept: the tab's own storage first, and the browser's, for a tab that is closed and opened again. */
export type DraftStorage = { tab: Storage; browser: Storage };

/** What a draft is for: a chat by its id, or what `edit-draft` names; null is the chat that does not exist yet. */
type Subject = string | null;

const keyOf = (subject: Subject) => `holdfast.draft.${subject ?? 'new'}`;

export const draftStorage = (): DraftStorage => ({ tab: sessionStorage, browser: localStorage });

/** The draft, or null. What cannot be read counts as none. */
export function loadDraft({ tab, browser }: DraftStorage, subject: Subject): SavedDraft | null {
  return read(tab, keyOf(subject)) ?? read(browser, keyOf(subject));
}

/** Keep a draft. An empty one is removed; another tab's draft of the same subject is not. */
export function saveDraft({ tab, browser }: DraftStorage, subject: Subject, draft: SavedDraft): void {
  const key = keyOf(subject);
  const before = attempt(() => tab.getItem(key)) ?? null;
  if (draft.text === '' && draft.attachments.length === 0 && draft.outgoing === null) {
    attempt(() => tab.removeItem(key));
    attempt(() => before !== null && browser.getItem(key) === before && browser.removeItem(key));
    return;
  }
  const value = JSON.stringify(draft);
  attempt(() => tab.setItem(key, value));
  attempt(() => browser.setItem(key, value));
}

function read(storage: Storage, key: string): SavedDraft | null {
  const saved = attempt(() => JSON.parse(storage.getItem(key) ?? 'null') as unknown);
  return isSavedDraft(saved) ? completed(saved) : null;
}

/** Drafts of an earlier version of the page know of no attachments. */
function completed({ text, attachments = [], outgoing }: KeptDraft): SavedDraft {
  return { text, attachments, outgoing: outgoing && { ...outgoing, attachments: outgoing.attachments ?? [] } };
}

type Optional<T> = T extends { attachments: Attachment[] } ? Omit<T, 'attachments'> & { attachments?: Attachment[] } : T;
type KeptDraft = Omit<Optional<SavedDraft>, 'outgoing'> & { outgoing: Optional<SavedDraft['outgoing']> };

/** By hand, since this would be the only thing in the page that needs a schema library. */
function isSavedDraft(value: unknown): value is KeptDraft {
  const { text, attachments, outgoing } = (value ?? {}) as Partial<SavedDraft>;
  if (typeof text !== 'string' || !areAttachments(attachments)) return false;
  if (outgoing === null) return true;
  const { id, text: sent, attachments: held, chatId } = outgoing ?? {};
  if (typeof id !== 'string' || typeof sent !== 'string' || !areAttachments(held)) return false;
  return chatId === null || typeof chatId === 'string';
}

function areAttachments(value: unknown): boolean {
  if (value === undefined) return true;
  const isOne = ({ id, name, mediaType, fileId }: Partial<Attachment>) =>
    [id, name, mediaType].every((each) => typeof each === 'string') && (fileId === null || typeof fileId === 'string');
  return Array.isArray(value) && value.every((each: unknown) => isOne(Object(each) as Partial<Attachment>));
}
