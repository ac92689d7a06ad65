'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC, useTRPCClient } from '#components/api/api-context.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { ChatView } from '#domain/chat-view';
import type { FollowSource } from './follow-source.ts';

/**
 * The live view of a chat that the person may see; the same value while the chat is the same.
 *
 * @param chatId null while the chat has not been made
 */
export function useChatSource(chatId: string | null): FollowSource | null {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMemo(() => {
    if (chatId === null) return null;
    const query = { ...trpc.chat.get.queryOptions({ chatId }), staleTime: 0 };
    return {
      subscribe: (lastEventId, observer) => client.run.follow.subscribe({ chatId, lastEventId }, observer),
      readFresh: () => queryClient.fetchQuery(query).then(fromWire<ChatView>, () => null),
    };
  }, [chatId, client, queryClient, trpc]);
}
