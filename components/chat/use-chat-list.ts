'use client';

import { skipToken, useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useTRPC, useTRPCClient } from '#components/api/api-context.ts';
import type { ChatActivityEvent, ChatListItem } from '#domain/chat-view';
import { applyActivity, chatLists, type ChatListName, type ChatListPage } from './chat-list-pages.ts';

const listNames = Object.keys(chatLists) as ChatListName[];

/** One of the caller's lists, newest activity first, page by page. */
export function useChatList(list: ChatListName) {
  return useInfiniteQuery(useChatListOptions(list));
}

/** The line of one chat as last heard of, in whatever list it is; undefined until something was. */
export function useChatListItem(chatId: string | null): ChatListItem | undefined {
  const { data } = useChatList('current');
  const { data: heard } = useQuery<ChatListItem>({ queryKey: lineKey(chatId), queryFn: skipToken });
  return data?.pages.flatMap(({ items }) => items).find(({ id }) => id === chatId) ?? heard;
}

/** What was read of the chat that is opened counts as heard of. To be used by its screen, which is one chat's. */
export function useOpenedLine(chat: ChatListItem | null): void {
  const queryClient = useQueryClient();
  useState(() => chat && queryClient.setQueryData<ChatListItem>(lineKey(chat.id), chat));
}

const lineKey = (chatId: string | null) => ['chat-line', chatId];

/** Makes the loaded lists of what has happened to a chat. */
export function useTellLists(): (event: ChatActivityEvent) => void {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  return useCallback(
    (event) => {
      if (event.type === 'chat') queryClient.setQueryData<ChatListItem>(lineKey(event.chat.id), event.chat);
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
 * @param onEvent told of everything that happens to the chats, after the lists
 */
export function useChatActivity(onEvent: (event: ChatActivityEvent) => void): void {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const tellLists = useTellLists();
  useEffect(() => {
    const queryKey = trpc.chat.list.pathKey();
    const hear = (event: ChatActivityEvent) => {
      tellLists(event);
      // What is being fetched may have been read before this happened.
      if (queryClient.isFetching({ queryKey }) > 0) void queryClient.invalidateQueries({ queryKey });
      onEvent(event);
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
  }, [client, onEvent, queryClient, tellLists, trpc]);
}

function useChatListOptions(list: ChatListName) {
  return useTRPC().chat.list.infiniteQueryOptions(chatLists[list].input, {
    getNextPageParam: (page) => page.nextCursor,
    initialCursor: null,
  });
}
