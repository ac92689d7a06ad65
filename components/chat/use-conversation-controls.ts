'use client';

import { useSession } from '#components/auth/use-session.ts';
import type { RunFollower } from '#components/runs/use-run.ts';
import type { Turn } from '#components/runs/use-turn.ts';
import { type MessageControls, useStableControls } from './message-controls.ts';
import { useBranchChoice } from './use-branch-choice.ts';
import { useResend } from './use-resend.ts';

export type ConversationControlsOptions = {
  /** null until the first message has made the chat */
  chatId: string | null;
  chat: RunFollower;
  turn: Turn;
  /** the model to answer with */
  model: string | undefined;
};

/** What can be done with the messages of a chat that one may write in. */
export function useConversationControls({ chatId, chat, turn, model }: ConversationControlsOptions): MessageControls {
  const { run, lastAnswer, isBusy, phase, pending } = turn;
  return useStableControls({
    ownId: useSession()?.user.id,
    isBusy,
    branches: useBranchChoice(chatId, chat.readAgain),
    // What has failed last is chosen about below.
    lastAnswerId: lastAnswer && !isBusy && phase.kind !== 'failed' ? lastAnswer.id : null,
    toldAnswerId: run?.assistantMessageId ?? null,
    answerAgain: (way) => turn.answerAgain(way, model),
    pending,
    resend: useResend({ chatId, model, apply: chat.apply }),
  });
}
