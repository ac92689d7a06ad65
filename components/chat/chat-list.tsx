'use client';

import { SquarePen } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { Brand } from '#components/ui/brand';
import { Button } from '#components/ui/button';
import { ListEnd } from '#components/ui/list-end';
import { AccountMenu } from '#components/auth/account-menu';
import { useSay } from '#components/words/words-context';
import { chatIdIn } from './chat-address.ts';
import { ChatListLine } from './chat-list-line.tsx';
import { useChatList } from './use-chat-list.ts';

/** The panel with the caller's chats. */
export function ChatList({ onNewChat }: { onNewChat: () => void }) {
  const say = useSay();
  const openChatId = chatIdIn(usePathname());
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useChatList();
  const chats = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-14 shrink-0 items-center px-4">
        <Brand />
      </div>
      <div className="px-2 pb-2">
        <Button className="w-full justify-start" onClick={onNewChat}>
          <SquarePen aria-hidden className="size-4" />
          {say('chats.new')}
        </Button>
      </div>
      <nav aria-label={say('chats.nav')} className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        <ul className="space-y-px">
          {chats.map((chat) => (
            <ChatListLine chat={chat} isOpen={chat.id === openChatId} key={chat.id} />
          ))}
        </ul>
        {hasNextPage && <ListEnd label={say('chats.more')} isLoading={isFetchingNextPage} onReached={() => void fetchNextPage()} />}
        {chats.length === 0 && <p className="px-2 py-6 text-sm text-muted-foreground">{say('chats.empty')}</p>}
      </nav>
      <div className="border-t border-border p-2">
        <AccountMenu />
      </div>
    </div>
  );
}
