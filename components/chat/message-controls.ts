'use client';

import { createContext, use, useMemo } from 'react';
import type { AnswerAgainWay } from '#components/runs/use-run-actions.ts';
import { useStableCallback } from '#components/ui/use-stable-callback.ts';
import type { BranchChoice } from './use-branch-choice.ts';
import type { Resend } from './use-resend.ts';

/** What can be done with the messages of the shown branch, and what stands in the way. */
export type MessageControls = {
  /** who is looking; undefined until it is known, null where nobody may change anything */
  ownId: string | null | undefined;
  /** an answer is being written: nothing else begins meanwhile */
  isBusy: boolean;
  branches: BranchChoice;
  /** the answer that may be written anew; null while there is none, or its choice is offered elsewhere */
  lastAnswerId: string | null;
  /** the answer whose end is told above the message box */
  toldAnswerId: string | null;
  answerAgain: (way: AnswerAgainWay) => void;
  /** on its way to the server */
  pending: AnswerAgainWay | null;
  resend: Resend;
};

export const MessageControlsContext = createContext<MessageControls | null>(null);

const nothing = () => undefined;
const refuse = () => Promise.reject(new Error('this conversation can only be read'));

/** For a conversation that is only to be read. Memoise it. */
export function readOnlyControls(toldAnswerId: string | null): MessageControls {
  const branches: BranchChoice = { show: nothing, bring: async () => false, isPending: false, takePlace: () => null };
  return { ownId: null, isBusy: true, branches, lastAnswerId: null, toldAnswerId, answerAgain: nothing, pending: null, resend: refuse };
}

/** @throws outside a conversation */
export function useMessageControls(): MessageControls {
  const controls = use(MessageControlsContext);
  if (!controls) throw new Error('there is no conversation around this');
  return controls;
}

/** The same object while nothing changes: an answer that grows must not have all messages rendered again. */
export function useStableControls(given: MessageControls): MessageControls {
  const { ownId, isBusy, branches, lastAnswerId, toldAnswerId, pending } = given;
  const answerAgain = useStableCallback(given.answerAgain);
  const resend = useStableCallback(given.resend);
  return useMemo(
    () => ({ ownId, isBusy, branches, lastAnswerId, toldAnswerId, answerAgain, pending, resend }),
    [ownId, isBusy, branches, lastAnswerId, toldAnswerId, answerAgain, pending, resend],
  );
}
