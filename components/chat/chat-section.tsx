import { useId } from 'react';
import type { ChatListItem } from '#domain/chat-view';
import { ChatListLine } from './chat-list-line.tsx';

export type ChatSectionProps = { title: string; chats: readonly ChatListItem[]; openChatId: string | null };

/** Some chats of the list under a heading. */
export function ChatSection({ title, chats, openChatId }: ChatSectionProps) {
  const id = useId();
  return (
    <section className="pt-3 first:pt-0">
      <h2 className="px-2 py-1 text-xs font-medium text-muted-foreground" id={id}>
        {title}
      </h2>
      <ul aria-labelledby={id} className="space-y-px">
        {chats.map((chat) => (
          <ChatListLine chat={chat} isOpen={chat.id === openChatId} key={chat.id} />
        ))}
      </ul>
    </section>
  );
}
