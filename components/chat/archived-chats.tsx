'use client';

import { useSay } from '#components/words/words-context';
import { ChatListState } from './chat-list-state.tsx';
import { ChatSection } from './chat-section.tsx';
import { useChatList } from './use-chat-list.ts';

/** What was put away. */
export function ArchivedChats({ openChatId }: { openChatId: string | null }) {
  const say = useSay();
  const archived = useChatList('archived');
  const chats = archived.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      {chats.length > 0 && <ChatSection chats={chats} openChatId={openChatId} title={say('chats.archived')} />}
      <ChatListState count={chats.length} emptyText={say('chats.archived.empty')} query={archived} />
    </>
  );
}
