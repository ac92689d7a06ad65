'use client';

import { useEffect } from 'react';
import { useChatSource } from '#components/runs/use-chat-source.ts';
import { useRun } from '#components/runs/use-run.ts';
import { useTurn } from '#components/runs/use-turn.ts';
import { useShortcuts } from '#components/shortcuts/use-shortcuts.ts';
import type { ChatView } from '#domain/chat-view';
import { ChatFoot } from './chat-foot.tsx';
import { ChatTop } from './chat-top.tsx';
import { Conversation, ScrollToEndScript } from './conversation.tsx';
import { sendingOf } from './draft-state.ts';
import { Greeting } from './greeting.tsx';
import { MessageControlsContext } from './message-controls.ts';
import { MessageList } from './message-list.tsx';
import { useArrival } from './use-arrival.ts';
import { useConversationControls } from './use-conversation-controls.ts';
import { useDraft } from './use-draft.ts';
import { useModels } from './use-models.ts';
import { useOpenChat } from './use-open-chat.ts';
import { prepareRichMarkdown } from './use-rich-markdown.ts';
import { useSend } from './use-send.ts';

export type ChatScreenProps = {
  /** null for a chat that its first message will make */
  view: ChatView | null;
  /** the first message was accepted */
  onStarted?: (chatId: string) => void;
};

/** A conversation, its state and the message box. */
export function ChatScreen({ view, onStarted }: ChatScreenProps) {
  const { draft, change } = useDraft(view?.id ?? null);
  const followedId = draft.chatId ?? draft.outgoing?.chatId ?? null;
  const chat = useRun(useChatSource(followedId), view);
  const { messages, apply } = chat;
  const sending = sendingOf(draft);
  const turn = useTurn(chat, sending !== null);
  const starting = turn.isBusy ? null : sending;
  const item = useOpenChat(view, draft.chatId, chat.ended);
  const title = item?.title ?? view?.title ?? '';
  const model = useModels().chosen?.id;
  const controls = useConversationControls({ chatId: followedId, chat, turn, model });
  const send = useSend({ draft, change, apply, lastMessageId: messages.at(-1)?.id ?? null, model });
  useArrival({ draft, change, chat, onStarted });
  useShortcuts(turn.stop ? { stop: turn.stop } : {});
  useEffect(prepareRichMarkdown, []);
  return (
    <>
      <ChatTop chatId={draft.chatId} isBusy={turn.isBusy} item={item} messages={messages} title={title} />
      <Conversation
        bring={controls.branches.bring}
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
      <ChatFoot change={change} chat={chat} draft={draft} model={model} onSend={(way) => void send(way)} turn={turn} />
      <ScrollToEndScript />
    </>
  );
}
