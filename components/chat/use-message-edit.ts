'use client';

import { useState } from 'react';
import { useTRPCClient } from '#components/api/api-context.ts';
import { type ApiErrorReason, reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import { emptyAnswer } from '#components/runs/use-run-actions.ts';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';
import type { SavedDraft } from './draft-state.ts';
import { draftStorage } from './draft-store.ts';
import { loadEdit, saveEdit, sendEdit } from './edit-draft.ts';
import { focusMessageBox } from './message-box.ts';
import { useMessageControls } from './message-controls.ts';
import { textOf } from './message-text.ts';

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

export type MessageEditOptions = { message: ChatMessage; onCancel: () => void; onSent: () => void };

/** A message said anew; its words are kept over a reload until they have arrived. */
export function useMessageEdit({ message, onCancel, onSent }: MessageEditOptions): MessageEdit {
  const client = useTRPCClient();
  const { chatId, model, ownId, apply } = useMessageControls();
  const [kept] = useState(() => loadEdit(draftStorage(), message));
  const [edit, setEdit] = useState<SavedDraft>(kept ?? { text: textOf(message), outgoing: null });
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<ApiErrorReason | null>(null);
  const keep = (next: SavedDraft) => {
    setEdit(next);
    saveEdit(draftStorage(), message.id, next);
  };
  const forget = () => saveEdit(draftStorage(), message.id, null);

  const send = async () => {
    if (chatId === null || isSending) return;
    const sending = sendEdit(edit, crypto.randomUUID());
    const { id, text } = sending.outgoing;
    keep(sending);
    setSending(true);
    setRefusal(null);
    try {
      const parentId = message.metadata?.parentId ?? null;
      const started = await client.run.start.mutate({ chatId, message: { id, text, parentId }, model });
      const run = fromWire<RunView>(started.run);
      forget();
      onSent();
      apply({ type: 'started', run, messages: [reworded(message, { id, text, run, ownId }), emptyAnswer(run)] });
      if (matchMedia('(pointer: fine)').matches) focusMessageBox();
    } catch (error) {
      const reason = reasonOf(error);
      // The id is that of another message: these words need one of their own.
      if (reason === 'MESSAGE_CONFLICT') keep({ text, outgoing: null });
      setRefusal(reason);
      setSending(false);
    }
  };
  return {
    text: edit.text,
    wasKept: kept !== null,
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

type Reworded = { id: string; text: string; run: RunView; ownId: string | undefined };

function reworded({ metadata }: ChatMessage, { id, text, run, ownId }: Reworded): ChatMessage {
  const parentId = metadata?.parentId ?? null;
  return {
    id,
    role: 'user',
    parts: [{ type: 'text', text }],
    metadata: { status: 'completed', parentId, authorId: ownId ?? null, createdAt: run.createdAt },
  };
}
