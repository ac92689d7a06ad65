import type { ApiErrorReason } from '#components/api/api-error.ts';
import { type Attachment, isUploaded } from './attachment.ts';

/** A message on its way: shown in the conversation while it is sent, back in the composer when that failed. */
export type Outgoing = {
  /** made here; the same for every try, so that the server takes the message once */
  id: string;
  text: string;
  /** uploaded, all of them */
  attachments: Attachment[];
  /** the chat made for it, when it is the first message of one; null until then and in a chat that existed */
  chatId: string | null;
  phase: 'sending' | 'refused';
  /** why, when refused; null when the page was reloaded before an answer came */
  reason: ApiErrorReason | null;
};

/** What a person has typed and not yet got accepted. Nothing typed leaves it by any other way than acceptance. */
export type DraftState = {
  text: string;
  /** what is to go with the text, in its order */
  attachments: Attachment[];
  outgoing: Outgoing | null;
  /** the chat it is written for; null for one that its first message will make */
  chatId: string | null;
};

export type DraftChange =
  | { type: 'typed'; text: string }
  | { type: 'attached'; attachments: readonly Attachment[] }
  /** an attachment has come to something else: it is uploaded, it has failed, it is tried again */
  | { type: 'attachment'; id: string; now: Partial<Pick<Attachment, 'fileId' | 'fault' | 'name' | 'mediaType'>> }
  | { type: 'detached'; id: string }
  /** pasted text becomes text again, after what was typed */
  | { type: 'unpacked'; id: string; text: string }
  /** @param id used unless this is another try of the same words */
  | { type: 'sent'; id: string }
  | { type: 'chatMade'; chatId: string }
  | { type: 'refused'; reason: ApiErrorReason }
  /** the message is one of the chat's, whatever was heard of it before */
  | { type: 'arrived' }
  /** words that were written elsewhere in the page and could not go where they were meant to */
  | { type: 'kept'; text: string }
  | { type: 'restored'; saved: SavedDraft };

/** What is kept over a reload. */
export type SavedDraft = {
  text: string;
  attachments: Attachment[];
  outgoing: Pick<Outgoing, 'id' | 'text' | 'attachments' | 'chatId'> | null;
};

export function emptyDraft(chatId: string | null): DraftState {
  return { text: '', attachments: [], outgoing: null, chatId };
}

export function reduceDraft(state: DraftState, change: DraftChange): DraftState {
  const { text, attachments, outgoing } = state;
  switch (change.type) {
    case 'typed':
      return { ...state, text: change.text };
    case 'attached':
      return { ...state, attachments: [...attachments, ...change.attachments] };
    case 'attachment':
      return { ...state, attachments: attachments.map((each) => (each.id === change.id ? { ...each, ...change.now } : each)) };
    case 'detached':
      return { ...state, attachments: attachments.filter(({ id }) => id !== change.id) };
    case 'unpacked':
      if (!attachments.some(({ id }) => id === change.id)) return state;
      return { ...reduceDraft(state, { type: 'detached', id: change.id }), text: joinTexts(text, change.text) };
    case 'sent':
      if (outgoing?.phase === 'sending' || !isComplete(state)) return state;
      return { ...emptyDraft(state.chatId), outgoing: { ...nextTry(state, change.id), text, attachments, phase: 'sending', reason: null } };
    case 'chatMade':
      return outgoing ? { ...state, outgoing: { ...outgoing, chatId: change.chatId } } : state;
    case 'refused':
      return outgoing ? giveBack(state, outgoing, change.reason) : state;
    case 'arrived':
      return withoutOutgoing(state);
    case 'kept':
      return { ...state, text: joinTexts(text, change.text) };
    case 'restored':
      return restore(state, change.saved);
  }
}

/** The message on its way to the server. */
export function sendingOf({ outgoing }: DraftState): Outgoing | null {
  return outgoing?.phase === 'sending' ? outgoing : null;
}

/** Whether there is something to send, and all of it is there. */
export function isComplete({ text, attachments }: Pick<DraftState, 'text' | 'attachments'>): boolean {
  return (text.trim() !== '' || attachments.length > 0) && attachments.every(isUploaded);
}

export function toSavedDraft({ text, attachments, outgoing }: DraftState): SavedDraft {
  if (!outgoing) return { text, attachments, outgoing };
  const { id, text: sent, attachments: held, chatId } = outgoing;
  return { text, attachments, outgoing: { id, text: sent, attachments: held, chatId } };
}

/** The same words after a failure are the same message; the server may have taken it and only its answer was lost. */
function nextTry(state: DraftState, freshId: string): Pick<Outgoing, 'id' | 'chatId'> {
  const { outgoing } = state;
  if (!outgoing) return { id: freshId, chatId: null };
  const sameMessage = isUnchanged(state, outgoing) && outgoing.reason !== 'MESSAGE_CONFLICT';
  return { id: sameMessage ? outgoing.id : freshId, chatId: outgoing.chatId };
}

/** The words go back before what was typed meanwhile. */
function giveBack(state: DraftState, outgoing: Outgoing, reason: ApiErrorReason): DraftState {
  // A chat that is gone cannot take the next try.
  const chatId = reason === 'NOT_FOUND' ? null : outgoing.chatId;
  const text = joinTexts(outgoing.text, state.text);
  const sent = reason === 'FILE_GONE' ? outgoing.attachments.map(toGone) : outgoing.attachments;
  const attachments = joinAttachments(sent, state.attachments);
  return { ...state, text, attachments, outgoing: { ...outgoing, chatId, phase: 'refused', reason } };
}

/** A refused message that turns out to have arrived leaves the composer too, unless its words were changed. */
function withoutOutgoing(state: DraftState): DraftState {
  const { outgoing } = state;
  const chatId = state.chatId ?? outgoing?.chatId ?? null;
  if (outgoing?.phase === 'refused' && isUnchanged(state, outgoing)) return emptyDraft(chatId);
  return { ...state, outgoing: null, chatId };
}

const isUnchanged = (state: DraftState, outgoing: Outgoing): boolean =>
  state.text === outgoing.text && idsOf(state.attachments) === idsOf(outgoing.attachments);

const idsOf = (attachments: readonly Attachment[]): string => attachments.map(({ id }) => id).join();

function restore(state: DraftState, saved: SavedDraft): DraftState {
  if (state.outgoing) return state;
  const kept = joinAttachments(saved.outgoing?.attachments ?? [], saved.attachments).map(cutOff);
  const attachments = joinAttachments(kept, state.attachments);
  if (!saved.outgoing) return { ...state, attachments, text: joinTexts(saved.text, state.text) };
  const back = saved.text.startsWith(saved.outgoing.text) ? saved.text : joinTexts(saved.outgoing.text, saved.text);
  const outgoing: Outgoing = { ...saved.outgoing, phase: 'refused', reason: null };
  return { ...state, attachments, text: joinTexts(back, state.text), outgoing };
}

/** What was on its way when the page was left is nowhere now, and neither is what could be tried again. */
function cutOff(attachment: Attachment): Attachment {
  return isUploaded(attachment) ? attachment : { ...attachment, fault: 'CUT_OFF' };
}

/** Files are not kept for ever before they are sent, and the server does not say which of them it has no more. */
const toGone = (attachment: Attachment): Attachment => ({ ...attachment, fileId: null, fault: 'FILE_GONE' });

function joinAttachments(first: readonly Attachment[], second: readonly Attachment[]): Attachment[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !known.has(id))];
}

function joinTexts(first: string, second: string): string {
  if (first.trim() === '') return second;
  return second.trim() === '' ? first : `${first}\n\n${second}`;
}
