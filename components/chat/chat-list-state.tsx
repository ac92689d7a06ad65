'use client';

import { Button } from '#components/ui/button';
import { ListEnd } from '#components/ui/list-end';
import { SkeletonLines } from '#components/ui/skeleton-lines';
import { useSay } from '#components/words/words-context';
import type { useChatList } from './use-chat-list.ts';

export type ChatListStateProps = {
  /** of the chats shown */
  count: number;
  emptyText: string;
  query: ReturnType<typeof useChatList>;
};

/** What stands below the loaded chats of a list: that more are on their way, that they cannot be had, that there are none. */
export function ChatListState({ count, emptyText, query }: ChatListStateProps) {
  const say = useSay();
  if (query.isPending && !query.isError) return <SkeletonLines count={6} label={say('chats.loading')} />;
  if (query.isLoadingError || query.isFetchNextPageError) {
    const again = query.isLoadingError ? query.refetch : query.fetchNextPage;
    return (
      <div className="px-2 py-4 text-sm" role="alert">
        <p className="mb-2 text-muted-foreground">{say('chats.broken')}</p>
        <Button onClick={() => void again()} size="small">
          {say('chats.broken.again')}
        </Button>
      </div>
    );
  }
  if (query.hasNextPage) {
    const load = () => void query.fetchNextPage();
    return <ListEnd isLoading={query.isFetchingNextPage} label={say('chats.more')} onReached={load} />;
  }
  return count === 0 ? <p className="px-2 py-6 text-sm text-muted-foreground">{emptyText}</p> : null;
}
