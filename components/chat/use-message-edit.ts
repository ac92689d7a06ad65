'use client';

import { startTransition, useCallback, useEffect, useState } from 'react';
import { useTRPCClient } from '#components/api/api-context.ts';
import { type ApiErrorReason, reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { RunStateChange } from '#components/runs/run-state.ts';
import { emptyAnswer } from '#components/runs/use-run-actions.ts';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';
import { type EditDraft, loadEdit, saveEdit, sendEdit } from './edit-draft.ts';
import { focusMessageBox } from './message-box.ts';
import { textOf } from './message-text.ts';

export type MessageEdit = {
  /** null while no message is being said anew */
  draft: EditDraft | null;
  isSending: boolean;
  /** why the last try was not sent */
  refusal: ApiErrorReason | null;
  open: (message: ChatMessage) => void;
  type: (text: string) => void;
  send: () => void;
  cancel: () => void;
};

export type MessageEditOptions = {
  chatId: string | null;
  /** the shown branch */
  messages: readonly ChatMessage[];
  ownId: string | undefined;
  model: string | undefined;
  apply: (change: RunStateChange) => void;
};

type Attempt = { isSending: boolean; refusal: ApiErrorReason | null };
const idle: Attempt = { isSending: false, refusal: null };

/** One message of a chat said anew; its words are kept over a reload until they have arrived. */
export function useMessageEdit({ chatId, messages, ownId, model, apply }: MessageEditOptions): MessageEdit {
  const client = useTRPCClient();
  const [draft, setDraft] = useKeptEdit(chatId);
  const [{ isSending, refusal }, setAttempt] = useState(idle);
  const message = messages.find(({ id }) => id === draft?.messageId);
  const hasArrived = messages.some(({ id }) => id === draft?.sent?.id);
  useEffect(() => {
    if (hasArrived) setDraft(null);
  }, [hasArrived, setDraft]);

  const send = async () => {
    if (!draft || !message || chatId === null || isSending) return;
    const sending = sendEdit(draft, crypto.randomUUID());
    const { id, text } = sending.sent;
    setDraft(sending);
    setAttempt({ isSending: true, refusal: null });
    try {
      const parentId = message.metadata?.parentId ?? null;
      const started = await client.run.start.mutate({ chatId, message: { id, text, parentId }, model });
      const run = fromWire<RunView>(started.run);
      apply({ type: 'started', run, messages: [reworded(message, { id, text, run, ownId }), emptyAnswer(run)] });
      setDraft(null);
      setAttempt(idle);
      if (matchMedia('(pointer: fine)').matches) focusMessageBox();
    } catch (error) {
      setAttempt({ isSending: false, refusal: reasonOf(error) });
    }
  };
  return {
    draft: message ? draft : null,
    isSending,
    refusal,
    open(opened) {
      setDraft({ messageId: opened.id, text: textOf(opened), sent: null });
      setAttempt(idle);
    },
    type: (text) => draft && setDraft({ ...draft, text }),
    send: () => void send(),
    cancel() {
      setDraft(null);
      setAttempt(idle);
      const editedId = draft?.messageId;
      // Its button is there again once the form is gone.
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-edit="${editedId}"]`)?.focus());
    },
  };
}

/** Read after the first rendering, which is the server's. */
function useKeptEdit(chatId: string | null) {
  const [draft, change] = useState<EditDraft | null>(null);
  useEffect(() => {
    if (chatId === null) return;
    const saved = loadEdit(localStorage, chatId);
    if (saved) startTransition(() => change(saved));
  }, [chatId]);
  const setDraft = useCallback(
    (next: EditDraft | null) => {
      change(next);
      if (chatId !== null) saveEdit(localStorage, chatId, next);
    },
    [chatId],
  );
  return [draft, setDraft] as const;
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
