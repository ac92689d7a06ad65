'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { useOnline } from '#components/api/use-online.ts';
import { useSession } from '#components/auth/use-session.ts';
import { runPhase } from '#components/runs/run-phase.ts';
import { useChatSource } from '#components/runs/use-chat-source.ts';
import { useDisconnected } from '#components/runs/use-disconnected.ts';
import { useRun } from '#components/runs/use-run.ts';
import { useRunActions } from '#components/runs/use-run-actions.ts';
import { useToldRun } from '#components/runs/use-told-run.ts';
import { useShortcuts } from '#components/shortcuts/use-shortcuts.ts';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import type { ChatView } from '#domain/chat-view';
import { isActive } from '#domain/run-status';
import { AttachButton } from './attach-button.tsx';
import { AttachmentNames } from './attachment-names.tsx';
import { ChatHeader } from './chat-header.tsx';
import { ChatMenu } from './chat-menu.tsx';
import { ChatStatus } from './chat-status.tsx';
import { Composer } from './composer.tsx';
import { ComposerNotice } from './composer-notice.tsx';
import { Conversation, ScrollToEndScript } from './conversation.tsx';
import { isComplete } from './draft-state.ts';
import { Greeting } from './greeting.tsx';
import { focusMessageBox } from './message-box.ts';
import { MessageControlsContext, useStableControls } from './message-controls.ts';
import { MessageList } from './message-list.tsx';
import { MessageQueue } from './message-queue.tsx';
import { ModelPicker } from './model-picker.tsx';
import { useBranchChoice } from './use-branch-choice.ts';
import { useComposerDesk } from './use-composer-desk.ts';
import { useChatListItem, useOpenedLine } from './use-chat-list.ts';
import { useChosenModel } from './use-chosen-model.ts';
import { useDraft } from './use-draft.ts';
import { useMarkRead } from './use-mark-read.ts';
import { prepareRichMarkdown } from './use-rich-markdown.ts';
import { useResend } from './use-resend.ts';
import { type SendWay, useSend } from './use-send.ts';
import { useTabMark } from './use-tab-mark.ts';

const titleKeys = { none: 'page.title', answering: 'page.title.answering', done: 'page.title.done' } as const;

export type ChatScreenProps = {
  /** null for a chat that its first message will make */
  view: ChatView | null;
  /** the first message was accepted */
  onStarted?: (chatId: string) => void;
};

/** A conversation, its state and the message box. */
export function ChatScreen({ view, onStarted }: ChatScreenProps) {
  const say = useSay();
  const { draft, change } = useDraft(view?.id ?? null);
  const { chatId } = draft;
  const followedId = chatId ?? draft.outgoing?.chatId ?? null;
  const { messages, queued, run: latestRun, connected, ended, apply, readAgain } = useRun(useChatSource(followedId), view);
  const lastAnswer = messages.findLast(({ role }) => role === 'assistant');
  const run = useToldRun(latestRun, lastAnswer);
  const lastRunId = lastAnswer?.metadata?.runId ?? null;
  const { stop, isStopping, answerAgain, pending, refusal } = useRunActions({ run, lastRunId, apply });
  const models = useQuery(useTRPC().model.list.queryOptions()).data?.items ?? [];
  const [model] = useChosenModel(models);
  useOpenedLine(view);
  const item = useChatListItem(chatId);
  const disconnected = useDisconnected(connected);
  const router = useRouter();
  useEffect(() => {
    if (ended === 'UNAUTHORIZED') router.refresh();
  }, [router, ended]);
  useMarkRead(chatId, item?.unread ?? false);
  useEffect(prepareRichMarkdown, []);

  const sending = draft.outgoing?.phase === 'sending' ? draft.outgoing : null;
  const busy = run !== null && isActive(run.status);
  const starting = busy ? null : sending;
  const offline = !useOnline();
  const phase = runPhase({ run, messages, sending: starting !== null, stopping: isStopping, disconnected, offline });
  const ownId = useSession()?.user.id;
  const mark = useTabMark(busy);
  useShortcuts(busy ? { stop } : {});
  const title = item?.title ?? view?.title ?? '';

  const hasArrived = [...messages, ...queued].some(({ id }) => id === draft.outgoing?.id);
  useEffect(() => {
    if (!hasArrived) return;
    change({ type: 'arrived' });
    if (chatId === null && followedId !== null) onStarted?.(followedId);
  }, [change, chatId, followedId, hasArrived, onStarted]);

  const send = useSend({
    chatId,
    draft,
    change,
    apply,
    lastMessageId: messages.at(-1)?.id ?? null,
    model,
    ownId,
  });
  const { Desk, choosesAtOnce, choose } = useComposerDesk();
  const submit = (way: SendWay) => void send(way);
  const keep = useCallback(
    (text: string) => {
      change({ type: 'kept', text });
      toast(say('queue.kept'));
      // The box that the words were typed into is gone.
      focusMessageBox();
    },
    [change, say],
  );
  const branches = useBranchChoice(followedId, readAgain);
  const controls = useStableControls({
    ownId,
    isBusy: busy,
    branches,
    // What has failed last is chosen about below.
    lastAnswerId: lastAnswer && !busy && phase.kind !== 'failed' ? lastAnswer.id : null,
    toldAnswerId: run?.assistantMessageId ?? null,
    answerAgain: (way) => answerAgain(way, model),
    pending,
    resend: useResend({ chatId: followedId, model, ownId, apply }),
  });
  return (
    <>
      <title>{say(titleKeys[mark ?? 'none'], { title: title || say('chats.new') })}</title>
      <ChatHeader title={title}>
        {chatId !== null && messages.length > 0 && <ChatMenu chat={{ id: chatId, title, messages }} isShared={Boolean(item?.sharedAt)} />}
      </ChatHeader>
      <Conversation
        bring={branches.bring}
        holds={(messageId) => messages.some(({ id }) => id === messageId)}
        sendingId={starting?.id ?? null}
      >
        <MessageControlsContext value={controls}>
          <MessageList
            greeting={<Greeting onPick={(text) => change({ type: 'typed', text })} typed={draft.text} />}
            messages={messages}
            sending={starting}
          />
        </MessageControlsContext>
      </Conversation>
      <div className="relative mx-auto w-full max-w-3xl px-3 pb-3 md:px-4 md:pb-4">
        <ComposerNotice draft={draft} onRetry={() => submit('queue')} />
        <ChatStatus
          answer={messages.find(({ id }) => id === run?.assistantMessageId)}
          onAnswerAgain={(way) => answerAgain(way, model)}
          pending={pending}
          phase={phase}
          refusal={refusal}
          run={run}
        />
        {chatId !== null && (
          <MessageQueue
            apply={apply}
            busy={busy}
            chatId={chatId}
            messages={messages}
            onKept={keep}
            queued={queued}
            sending={busy ? sending : null}
          />
        )}
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
          onSend={submit}
          onStop={busy ? stop : null}
          onText={(text) => change({ type: 'typed', text })}
          text={draft.text}
        >
          <AttachButton onClick={choose} />
          <ModelPicker />
        </Composer>
      </div>
      <ScrollToEndScript />
    </>
  );
}
