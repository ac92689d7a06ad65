'use client';

import { useState } from 'react';
import { type ApiErrorReason, reasonOf } from '#components/api/api-error.ts';
import type { ChatMessage } from '#domain/message-view';
import type { SavedDraft } from './draft-state.ts';
import { draftStorage } from './draft-store.ts';
import { loadEdit, newWords, saveEdit, sendEdit } from './edit-draft.ts';
import { textOf } from './message-text.ts';
import type { Resend } from './use-resend.ts';

export type MessageEdit = {
  text: string;
  /** begun before, and shown again */
  wasKept: boolean;
  isSending: boolean;
  /** why the last try was not sent */
  refusal: ApiErrorReason | null;
  type: (text: string) => void;
  send: () => void;
  /** Forget the new words, and leave the message as it is. */
  cancel: () => void;
};

export type MessageEditOptions = { message: ChatMessage; resend: Resend; onCancel: () => void; onSent: () => void };

/** A message said anew; its words are kept over a reload until they have arrived. */
export function useMessageEdit({ message, resend, onCancel, onSent }: MessageEditOptions): MessageEdit {
  const { edit, wasKept, keep, forget } = useKeptEdit(message);
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<ApiErrorReason | null>(null);

  const send = async () => {
    if (isSending) return;
    const sending = sendEdit(edit, crypto.randomUUID());
    keep(sending);
    setSending(true);
    setRefusal(null);
    try {
      const { id, text } = sending.outgoing;
      await resend(message, { id, text });
      forget();
      onSent();
    } catch (error) {
      const reason = reasonOf(error);
      // The id is that of another message: these words need one of their own.
      if (reason === 'MESSAGE_CONFLICT') keep(newWords(sending.text));
      setRefusal(reason);
      setSending(false);
    }
  };
  return {
    text: edit.text,
    wasKept,
    isSending,
    refusal,
    type: (text) => keep({ ...edit, text }),
    send: () => void send(),
    cancel() {
      forget();
      onCancel();
    },
  };
}

/** The new words of a message, as they were left if they were. */
function useKeptEdit(message: ChatMessage) {
  const [kept] = useState(() => loadEdit(draftStorage(), message));
  const [edit, setEdit] = useState<SavedDraft>(kept ?? newWords(textOf(message)));
  const keep = (next: SavedDraft) => {
    setEdit(next);
    saveEdit(draftStorage(), message.id, next);
  };
  return { edit, wasKept: kept !== null, keep, forget: () => saveEdit(draftStorage(), message.id, null) };
}
