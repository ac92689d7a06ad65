import type { ApiErrorReason } from '#components/api/api-error.ts';

/** A message on its way: shown in the conversation while it is sent, back in the composer when that failed. */
export type Outgoing = {
  /** made here; the same for every try, so that the server takes the message once */
  id: string;
  text: string;
  /** the chat made for it, when it is the first message of one; null until then and in a chat that existed */
  chatId: string | null;
  phase: 'sending' | 'refused';
  /** why, when refused; null when the page was reloaded before an answer came */
  reason: ApiErrorReason | null;
};

/** What a person has typed and not yet got accepted. Nothing typed leaves it by any other way than acceptance. */
export type DraftState = {
  text: string;
  outgoing: Outgoing | null;
  /** the chat it is written for; null for one that its first message will make */
  chatId: string | null;
};

export type DraftChange =
  | { type: 'typed'; text: string }
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
export type SavedDraft = { text: string; outgoing: Pick<Outgoing, 'id' | 'text' | 'chatId'> | null };

export function emptyDraft(chatId: string | null): DraftState {
  return { text: '', outgoing: null, chatId };
}

export function reduceDraft(state: DraftState, change: DraftChange): DraftState {
  const { text, outgoing } = state;
  switch (change.type) {
    case 'typed':
      return { ...state, text: change.text };
    case 'sent':
      if (outgoing?.phase === 'sending' || text.trim() === '') return state;
      return { ...state, text: '', outgoing: { ...nextTry(state, change.id), text, phase: 'sending', reason: null } };
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

export function toSavedDraft({ text, outgoing }: DraftState): SavedDraft {
  return { text, outgoing: outgoing && { id: outgoing.id, text: outgoing.text, chatId: outgoing.chatId } };
}

/** The same words after a failure are the same message; the server may have taken it and only its answer was lost. */
function nextTry({ text, outgoing }: DraftState, freshId: string): Pick<Outgoing, 'id' | 'chatId'> {
  if (!outgoing) return { id: freshId, chatId: null };
  const sameMessage = outgoing.text === text && outgoing.reason !== 'MESSAGE_CONFLICT';
  return { id: sameMessage ? outgoing.id : freshId, chatId: outgoing.chatId };
}

/** The words go back before what was typed meanwhile. */
function giveBack(state: DraftState, outgoing: Outgoing, reason: ApiErrorReason): DraftState {
  // A chat that is gone cannot take the next try.
  const chatId = reason === 'NOT_FOUND' ? null : outgoing.chatId;
  const text = joinTexts(outgoing.text, state.text);
  return { ...state, text, outgoing: { ...outgoing, chatId, phase: 'refused', reason } };
}

/** A refused message that turns out to have arrived leaves the composer too, unless its words were changed. */
function withoutOutgoing({ text, outgoing, chatId }: DraftState): DraftState {
  const isUnchanged = outgoing?.phase === 'refused' && text === outgoing.text;
  return { text: isUnchanged ? '' : text, outgoing: null, chatId: chatId ?? outgoing?.chatId ?? null };
}

function restore(state: DraftState, saved: SavedDraft): DraftState {
  if (state.outgoing) return state;
  if (!saved.outgoing) return { ...state, text: joinTexts(saved.text, state.text) };
  const back = saved.text.startsWith(saved.outgoing.text) ? saved.text : joinTexts(saved.outgoing.text, saved.text);
  const outgoing: Outgoing = { ...saved.outgoing, phase: 'refused', reason: null };
  return { ...state, text: joinTexts(back, state.text), outgoing };
}

function joinTexts(first: string, second: string): string {
  if (first.trim() === '') return second;
  return second.trim() === '' ? first : `${first}\n\n${second}`;
}
