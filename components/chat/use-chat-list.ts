'use client';

import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useTRPC, useTRPCClient } from '#components/api/api-context.ts';
import type { ChatActivityEvent, ChatListItem } from '#domain/chat-view';
import { applyActivity, chatLists, type ChatListName, type ChatListPage } from './chat-list-pages.ts';

const listNames = Object.keys(chatLists) as ChatListName[];

/** One of the caller's lists, newest activity first, page by page. */
export function useChatList(list: ChatListName) {
  return useInfiniteQuery(useChatListOptions(list));
}

/** One chat of the lists; undefined while none that holds it is loaded. */
export function useChatListItem(chatId: string | null): ChatListItem | undefined {
  const [current, pinned, archived] = [
    useChatList('current'),
    useChatList('pinned'),
    // Not worth loading for this.
    useInfiniteQuery({ ...useChatListOptions('archived'), enabled: false }),
  ];
  for (const { data } of [current, pinned, archived]) {
    const found = data?.pages.flatMap(({ items }) => items).find(({ id }) => id === chatId);
    if (found) return found;
  }
  return undefined;
}

/** Makes the loaded lists of what has happened to a chat. */
export function useTellLists(): (event: ChatActivityEvent) => void {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  return useCallback(
    (event) => {
      for (const list of listNames) {
        queryClient.setQueryData<InfiniteData<ChatListPage, string | null>>(
          trpc.chat.list.infiniteQueryKey(chatLists[list].input),
          (data) => data && { ...data, pages: applyActivity(data.pages, event, list) },
        );
      }
    },
    [queryClient, trpc],
  );
}

/**
 * Keeps the lists live. To be used once in a page.
 *
 * @param onRemoved a chat is gone, for this caller at least
 */
export function useChatActivity(onRemoved: (chatId: string) => void): void {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const tellLists = useTellLists();
  useEffect(() => {
    const hear = (event: ChatActivityEvent) => {
      tellLists(event);
      if (event.type === 'removed') onRemoved(event.chatId);
    };
    const subscription = client.chat.activity.subscribe(
      {},
      {
        onData: ({ data }) => hear(data),
        // What changed between the server's rendering and this moment has no event.
        onStarted: () => void queryClient.invalidateQueries({ queryKey: trpc.chat.list.pathKey() }),
      },
    );
    return () => subscription.unsubscribe();
  }, [client, onRemoved, queryClient, tellLists, trpc]);
}

function useChatListOptions(list: ChatListName) {
  return useTRPC().chat.list.infiniteQueryOptions(chatLists[list].input, {
    getNextPageParam: (page) => page.nextCursor,
    initialCursor: null,
  });
}
