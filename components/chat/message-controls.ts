'use client';

import { createContext, use, useMemo } from 'react';
import type { AnswerAgainWay } from '#components/runs/use-run-actions.ts';
import { useStableCallback } from '#components/ui/use-stable-callback.ts';
import type { ChatMessage } from '#domain/message-view';
import type { MessageEdit } from './use-message-edit.ts';
import type { VersionChoice } from './use-version-choice.ts';

/** What can be done with the messages of the shown branch, and what stands in the way. */
export type MessageControls = {
  /** an answer is being written: nothing else begins meanwhile */
  isBusy: boolean;
  /** who is looking; undefined until it is known */
  ownId: string | undefined;
  versions: VersionChoice;
  /** the message that is being said anew */
  editedId: string | null;
  openEdit: (message: ChatMessage) => void;
  /** the answer that may be written anew or on; null while there is none, or its choice is offered elsewhere */
  lastAnswerId: string | null;
  /** the answer whose end is told above the message box */
  toldAnswerId: string | null;
  answerAgain: (way: AnswerAgainWay) => void;
  /** on its way to the server */
  pending: AnswerAgainWay | null;
};

export const MessageControlsContext = createContext<MessageControls | null>(null);
/** What is typed changes with every key, and only one form is to hear of it. */
export const MessageEditContext = createContext<MessageEdit | null>(null);

/** @throws outside a conversation */
export function useMessageControls(): MessageControls {
  const controls = use(MessageControlsContext);
  if (!controls) throw new Error('there is no conversation around this');
  return controls;
}

/** The same object while nothing changes: an answer that grows must not have all messages rendered again. */
export function useStableControls(given: MessageControls): MessageControls {
  const { isBusy, ownId, versions, editedId, lastAnswerId, toldAnswerId, pending } = given;
  const openEdit = useStableCallback(given.openEdit);
  const answerAgain = useStableCallback(given.answerAgain);
  return useMemo(
    () => ({ isBusy, ownId, versions, editedId, openEdit, lastAnswerId, toldAnswerId, answerAgain, pending }),
    [isBusy, ownId, versions, editedId, openEdit, lastAnswerId, toldAnswerId, answerAgain, pending],
  );
}
