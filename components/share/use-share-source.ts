'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC, useTRPCClient } from '#components/api/api-context.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { FollowSource } from '#components/runs/follow-source.ts';
import type { SharedChatView } from '#domain/share-view';

/** The live view of the chat that a link opens; the same value while the link is the same. */
export function useShareSource(token: string): FollowSource {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMemo(() => {
    const query = { ...trpc.share.get.queryOptions({ token }), staleTime: 0 };
    return {
      subscribe: (lastEventId, observer) => client.share.follow.subscribe({ token, lastEventId }, observer),
      readFresh: () => queryClient.fetchQuery(query).then(fromWire<SharedChatView>, () => null),
    };
  }, [client, queryClient, token, trpc]);
}
