'use client';

import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import type { ChatMessage } from '#domain/message-view';
import { ChatHeader } from './chat-header.tsx';
import { ChatMenu } from './chat-menu.tsx';
import { useTabMark } from './use-tab-mark.ts';

const titleKeys = { none: 'page.title', answering: 'page.title.answering', done: 'page.title.done' } as const;

export type ChatTopProps = {
  /** null for a chat that its first message will make */
  chatId: string | null;
  title: string;
  messages: readonly ChatMessage[];
  /** what the list knows of it */
  item: ChatListItem | undefined;
  /** an answer is being written */
  isBusy: boolean;
};

/** The chat's name, in the tab and over the conversation, with what can be done with the whole of it. */
export function ChatTop({ chatId, title, messages, item, isBusy }: ChatTopProps) {
  const say = useSay();
  const mark = useTabMark(isBusy);
  return (
    <>
      <title>{say(titleKeys[mark ?? 'none'], { title: title || say('chats.new') })}</title>
      <ChatHeader title={title}>
        {chatId !== null && messages.length > 0 && <ChatMenu chat={{ id: chatId, title, messages }} isShared={Boolean(item?.sharedAt)} />}
      </ChatHeader>
    </>
  );
}
