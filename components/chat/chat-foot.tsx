'use client';

import { useCallback } from 'react';
import type { RunFollower } from '#components/runs/use-run.ts';
import type { Turn } from '#components/runs/use-turn.ts';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import { AttachButton } from './attach-button.tsx';
import { AttachmentNames } from './attachment-names.tsx';
import { ChatStatus } from './chat-status.tsx';
import { Composer } from './composer.tsx';
import { ComposerNotice } from './composer-notice.tsx';
import { type DraftChange, type DraftState, isComplete, sendingOf } from './draft-state.ts';
import { focusMessageBox } from './message-box.ts';
import { MessageQueue } from './message-queue.tsx';
import { ModelPicker } from './model-picker.tsx';
import { useComposerDesk } from './use-composer-desk.ts';
import type { SendWay } from './use-send.ts';

export type ChatFootProps = {
  draft: DraftState;
  change: (change: DraftChange) => void;
  chat: RunFollower;
  turn: Turn;
  /** the model to answer with */
  model: string | undefined;
  onSend: (way: SendWay) => void;
};

/** What the turn is doing, what waits, and the message box. */
export function ChatFoot({ draft, change, chat, turn, model, onSend }: ChatFootProps) {
  const { Desk, choosesAtOnce, choose } = useComposerDesk();
  const keep = useKeep(change);
  const { run, isBusy, phase, pending, refusal } = turn;
  const { messages, queued, apply } = chat;
  const sending = sendingOf(draft);
  const status = { run, phase, pending, refusal, answer: messages.find(({ id }) => id === run?.assistantMessageId) };
  const queue = { messages, queued, apply, busy: isBusy, sending: isBusy ? sending : null, onKept: keep };
  return (
    <div className="relative mx-auto w-full max-w-3xl px-3 pb-3 md:px-4 md:pb-4">
      <ComposerNotice draft={draft} onRetry={() => onSend('queue')} />
      <ChatStatus {...status} onAnswerAgain={(way) => turn.answerAgain(way, model)} />
      {draft.chatId !== null && <MessageQueue chatId={draft.chatId} {...queue} />}
      <Composer
        desk={
          Desk ? (
            <Desk change={change} choosesAtOnce={choosesAtOnce} draft={draft} />
          ) : (
            <AttachmentNames attachments={draft.attachments} />
          )
        }
        isComplete={isComplete(draft)}
        isSending={sending !== null}
        onSend={onSend}
        onStop={turn.stop}
        onText={(text) => change({ type: 'typed', text })}
        text={draft.text}
      >
        <AttachButton onClick={choose} />
        <ModelPicker />
      </Composer>
    </div>
  );
}

/** Takes words into the message box whose own box is gone. */
function useKeep(change: (change: DraftChange) => void): (text: string) => void {
  const say = useSay();
  return useCallback(
    (text) => {
      change({ type: 'kept', text });
      toast(say('queue.kept'));
      focusMessageBox();
    },
    [change, say],
  );
}
