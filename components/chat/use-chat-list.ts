'use client';

import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC, useTRPCClient } from '#components/api/api-context.ts';
import type { ChatActivityEvent, ChatListItem } from '#domain/chat-view';
import { applyActivity, type ChatListPage } from './chat-list-pages.ts';

/** The caller's chats that are not archived, newest activity first, page by page. */
export function useChatList() {
  return useInfiniteQuery(useChatListOptions());
}

/** One chat of the list; undefined while its page is not loaded. */
export function useChatListItem(chatId: string | null): ChatListItem | undefined {
  const { data } = useChatList();
  return data?.pages.flatMap(({ items }) => items).find(({ id }) => id === chatId);
}

/**
 * Keeps the list live. To be used once in a page.
 *
 * @param onRemoved a chat is gone, for this caller at least
 */
export function useChatActivity(onRemoved: (chatId: string) => void): void {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  useEffect(() => {
    const queryKey = trpc.chat.list.infiniteQueryKey({});
    const hear = (event: ChatActivityEvent) => {
      queryClient.setQueryData<InfiniteData<ChatListPage, string | null>>(
        queryKey,
        (data) => data && { ...data, pages: applyActivity(data.pages, event) },
      );
      if (event.type === 'removed') onRemoved(event.chatId);
    };
    const subscription = client.chat.activity.subscribe(
      {},
      {
        onData: ({ data }) => hear(data),
        // What changed between the server's rendering and this moment has no event.
        onStarted: () => void queryClient.invalidateQueries({ queryKey }),
      },
    );
    return () => subscription.unsubscribe();
  }, [client, onRemoved, queryClient, trpc]);
}

function useChatListOptions() {
  return useTRPC().chat.list.infiniteQueryOptions(
    {},
    { getNextPageParam: (page) => page.nextCursor, initialCursor: null },
  );
}
