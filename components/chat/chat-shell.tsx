'use client';

import { useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { ApiProvider } from '#components/api/api-provider';
import { Drawer } from '#components/ui/drawer';
import { SkipLink } from '#components/ui/skip-link';
import { Toasts } from '#components/ui/toasts';
import { useSay } from '#components/words/words-context';
import { chatIdIn } from './chat-address.ts';
import { ChatList } from './chat-list.tsx';
import type { ChatListPage } from './chat-list-pages.ts';
import { messageBoxId } from './message-box.ts';
import { ShellContext } from './shell-context.ts';
import { useChatActivity } from './use-chat-list.ts';

export type ChatShellProps = {
  /** what the server read for the first rendering */
  chats: ChatListPage;
  models: { items: ModelItem[] };
  /** lets scripts inside the server's HTML run under the Content-Security-Policy */
  scriptNonce: string | undefined;
  children: ReactNode;
};

type ModelItem = { id: string; label: string; provider: string; isDemo: boolean };

/** Everything around a conversation, for somebody who is signed in. */
export function ChatShell(props: ChatShellProps) {
  return (
    <ApiProvider>
      <Shell {...props} />
      <Toasts />
    </ApiProvider>
  );
}

function Shell({ chats, models, scriptNonce, children }: ChatShellProps) {
  useSeededCache(chats, models);
  const say = useSay();
  const router = useRouter();
  const pathname = usePathname();
  // Going somewhere closes the drawer.
  const [drawerOpenedAt, setDrawerOpenedAt] = useState<string | null>(null);
  const setDrawerOpen = useCallback((open: boolean) => setDrawerOpenedAt(open ? pathname : null), [pathname]);
  const openChatId = useRef<string | null>(null);
  useEffect(() => {
    openChatId.current = chatIdIn(pathname);
  }, [pathname]);

  const newChat = useCallback(() => {
    setDrawerOpenedAt(null);
    router.push('/');
  }, [router]);
  const leaveRemovedChat = useCallback(
    (chatId: string) => {
      if (openChatId.current === chatId) router.replace('/');
    },
    [router],
  );
  useChatActivity(leaveRemovedChat);

  const shell = useMemo(
    () => ({ newChat, openDrawer: () => setDrawerOpen(true), scriptNonce }),
    [newChat, scriptNonce, setDrawerOpen],
  );
  return (
    <ShellContext value={shell}>
      <SkipLink label={say('conversation.skip')} target={messageBoxId} />
      <div className="flex h-dvh">
        <aside className="hidden w-72 shrink-0 flex-col border-e border-border bg-sidebar md:flex">
          <ChatList onNewChat={newChat} />
        </aside>
        <Drawer onOpenChange={setDrawerOpen} open={drawerOpenedAt === pathname} title={say('chats.drawer')}>
          <ChatList onNewChat={newChat} />
        </Drawer>
        <main className="flex min-w-0 flex-1 flex-col">{children}</main>
      </div>
    </ShellContext>
  );
}

/** The first rendering, on the server too, finds in the cache what the server has read. */
function useSeededCache(chats: ChatListPage, models: { items: ModelItem[] }): void {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  useState(() => {
    queryClient.setQueryData(trpc.chat.list.infiniteQueryKey({}), { pages: [chats], pageParams: [null] });
    queryClient.setQueryData(trpc.model.list.queryKey(), models);
  });
}
