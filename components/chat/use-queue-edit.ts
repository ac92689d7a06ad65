'use client';

import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import type { ChatMessage } from '#domain/message-view';
import { textOf } from './message-text.ts';
import { type QueueEdit, readQueueEdit, subscribeQueueEdits, writeQueueEdit } from './queue-edit-store.ts';

export type QueueEditing = {
  edit: QueueEdit | null;
  /** it was begun here, not found again after a reload: nobody has asked for the focus then */
  isFresh: boolean;
  begin: (message: { id: string; text: string }) => void;
  type: (text: string) => void;
  save: () => void;
  cancel: () => void;
  isSaving: boolean;
  error: unknown;
};

export type QueueEditOptions = {
  chatId: string;
  queued: readonly ChatMessage[];
  /** the shown branch */
  messages: readonly ChatMessage[];
  /** words whose message has left the queue meanwhile */
  onKept: (text: string) => void;
};

/** The queued message that is being edited, one at a time. Its words are saved, given up, or handed over: never lost. */
export function useQueueEdit({ chatId, queued, messages, onKept }: QueueEditOptions): QueueEditing {
  const edit = useSyncExternalStore(
    subscribeQueueEdits,
    useCallback(() => readQueueEdit(chatId), [chatId]),
    () => null,
  );
  const [isFresh, setFresh] = useState(false);
  const saving = useMutation(useTRPC().queue.edit.mutationOptions({ onSuccess: () => writeQueueEdit(chatId, null) }));

  const waiting = queued.find(({ id }) => id === edit?.messageId);
  const stands = waiting ?? messages.find(({ id }) => id === edit?.messageId);
  // Saved, and only the answer was lost.
  const isSaved = edit !== null && stands !== undefined && textOf(stands) === edit.text && (!waiting || saving.isError);
  const isOver = edit !== null && !saving.isPending && (isSaved || !waiting);
  const { reset } = saving;
  useEffect(() => {
    if (!isOver || readQueueEdit(chatId) !== edit) return;
    writeQueueEdit(chatId, null);
    reset();
    if (!isSaved && edit.text !== edit.original && edit.text.trim() !== '') onKept(edit.text);
  }, [chatId, edit, isOver, isSaved, onKept, reset]);

  return {
    edit,
    isFresh,
    begin({ id, text }) {
      setFresh(true);
      saving.reset();
      writeQueueEdit(chatId, { messageId: id, original: text, text });
    },
    type: (text) => edit && writeQueueEdit(chatId, { ...edit, text }),
    save: () => edit && saving.mutate({ chatId, messageId: edit.messageId, text: edit.text }),
    cancel() {
      saving.reset();
      writeQueueEdit(chatId, null);
    },
    isSaving: saving.isPending,
    error: saving.error,
  };
}
