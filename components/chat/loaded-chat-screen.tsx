'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import { useSay } from '#components/words/words-context';
import type { ChatView } from '#domain/chat-view';
import { ChatHeader } from './chat-header.tsx';
import { ChatScreen } from './chat-screen.tsx';
import { ChatSkeleton } from './chat-skeleton.tsx';
import { useChatListItem } from './use-chat-list.ts';

/** A chat whose view the page fetches itself. */
export function LoadedChatScreen({ chatId }: { chatId: string }) {
  const say = useSay();
  const { data, error } = useQuery({ ...useTRPC().chat.get.queryOptions({ chatId }), staleTime: 0, gcTime: 0 });
  const title = useChatListItem(chatId)?.title ?? '';
  if (data) return <ChatScreen view={fromWire<ChatView>(data)} />;
  return (
    <>
      <title>{say('page.title', { title: title || say('chats.untitled') })}</title>
      <ChatHeader title={title} />
      {error ? <p className="m-auto text-muted-foreground">{say(`refusal.${reasonOf(error)}`)}</p> : <ChatSkeleton />}
    </>
  );
}
