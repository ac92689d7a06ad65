'use client';

import { useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { ApiProvider } from '#components/api/api-provider';
import { useRunNotices } from '#components/notices/use-run-notices.ts';
import type { PalettePage } from '#components/palette/palette-page.ts';
import { useShortcuts } from '#components/shortcuts/use-shortcuts.ts';
import { Announcements } from '#components/ui/announcements';
import { Drawer } from '#components/ui/drawer';
import { MissingCodeContext } from '#components/ui/missing-code.ts';
import { SkipLink } from '#components/ui/skip-link';
import { toast } from '#components/ui/toast.ts';
import { Toasts } from '#components/ui/toasts';
import { useSay } from '#components/words/words-context';
import type { ChatActivityEvent } from '#domain/chat-view';
import { chatIdIn } from './chat-address.ts';
import { ChatList } from './chat-list.tsx';
import { chatLists, type ChatListPage } from './chat-list-pages.ts';
import type { Clock } from './day.ts';
import { focusMessageBox, messageBoxId } from './message-box.ts';
import { type Shell as Frame, ShellContext } from './shell-context.ts';
import { useChatActivity } from './use-chat-list.ts';
import { type Panels, usePanels } from './use-panels.tsx';
import { type Sidebar, useSidebar } from './use-sidebar.ts';

export type ChatShellProps = {
  /** what the server read for the first rendering */
  read: { current: ChatListPage; pinned: ChatListPage; models: { items: ModelItem[] } };
  /** the day it is, as far as the server knows */
  clock: Clock;
  isSidebarOpen: boolean;
  /** lets scripts inside the server's HTML run under the Content-Security-Policy */
  scriptNonce: string | undefined;
  children: ReactNode;
};

type ModelItem = { id: string; label: string; provider: string; isDemo: boolean };

/** Everything around a conversation, for somebody who is signed in. */
export function ChatShell(props: ChatShellProps) {
  const say = useSay();
  const sayMissing = useCallback(() => void toast.error(say('refusal.UNREACHABLE')), [say]);
  return (
    <ApiProvider>
      <MissingCodeContext value={sayMissing}>
        <Shell {...props} />
      </MissingCodeContext>
      <Toasts />
      <Announcements />
    </ApiProvider>
  );
}

function Shell({ read, clock, scriptNonce, children, ...atFirst }: ChatShellProps) {
  useSeededCache(read);
  useLiveChats();
  const say = useSay();
  const panels = usePanels();
  const sidebar = useSidebar(atFirst.isSidebarOpen);
  const { isSidebarOpen, isDrawerOpen, setDrawerOpen } = sidebar;
  const ways = useWays(panels, sidebar);
  const shell = useMemo((): Frame => ({ ...ways, isSidebarOpen, clock, scriptNonce }), [clock, isSidebarOpen, scriptNonce, ways]);
  return (
    <ShellContext value={shell}>
      <SkipLink label={say('conversation.skip')} target={messageBoxId} />
      <div className="flex h-dvh">
        {isSidebarOpen && (
          <aside className="hidden w-72 shrink-0 flex-col border-e border-border bg-sidebar md:flex">
            <ChatList />
          </aside>
        )}
        <Drawer onOpenChange={setDrawerOpen} open={isDrawerOpen} title={say('chats.drawer')}>
          <ChatList />
        </Drawer>
        <main className="flex min-w-0 flex-1 flex-col">{children}</main>
      </div>
      {panels.view}
    </ShellContext>
  );
}

/** What the keys of the page and its parts may ask for. */
function useWays({ open, toggle }: Panels, { openList, toggleSidebar, setDrawerOpen }: Sidebar) {
  const router = useRouter();
  const ways = useMemo(
    () => ({
      newChat: () => {
        setDrawerOpen(false);
        router.push('/');
      },
      openList,
      toggleSidebar,
      openPalette: (page?: PalettePage) => open('palette', page),
      openShortcuts: () => open('shortcuts'),
    }),
    [open, openList, router, setDrawerOpen, toggleSidebar],
  );
  useShortcuts({
    palette: () => toggle('palette'),
    newChat: ways.newChat,
    sidebar: toggleSidebar,
    messageBox: focusMessageBox,
    messageBoxPlain: focusMessageBox,
    help: ways.openShortcuts,
  });
  return ways;
}

/** Keeps the lists live, tells of answers that end unseen, and goes to the start page when the open chat is removed. */
function useLiveChats(): void {
  const router = useRouter();
  const pathname = usePathname();
  const openChatId = useRef<string | null>(null);
  useEffect(() => {
    openChatId.current = chatIdIn(pathname);
  }, [pathname]);
  const notice = useRunNotices();
  const hear = useCallback(
    (event: ChatActivityEvent) => {
      notice(event);
      // Gone for this caller, at least.
      if (event.type === 'removed' && openChatId.current === event.chatId) router.replace('/');
    },
    [notice, router],
  );
  useChatActivity(hear);
}

/** The first rendering, on the server too, finds in the cache what the server has read. */
function useSeededCache({ current, pinned, models }: ChatShellProps['read']): void {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  useState(() => {
    for (const [list, page] of Object.entries({ current, pinned })) {
      const key = trpc.chat.list.infiniteQueryKey(chatLists[list as 'current' | 'pinned'].input);
      queryClient.setQueryData(key, { pages: [page], pageParams: [null] });
    }
    queryClient.setQueryData(trpc.model.list.queryKey(), models);
  });
}
