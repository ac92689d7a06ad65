'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import type { RunFollower } from '#components/runs/use-run.ts';
import type { ChatListItem, ChatView } from '#domain/chat-view';
import { useChatListItem, useOpenedLine } from './use-chat-list.ts';
import { useMarkRead } from './use-mark-read.ts';

/**
 * Keeps the list and the session in step with the chat that is open.
 *
 * @param view as the server read it; null for a chat that its first message will make
 * @param chatId null until it has
 * @param ended why its live view has ended
 * @returns its line in the list; undefined until something was heard of it
 */
export function useOpenChat(view: ChatView | null, chatId: string | null, ended: RunFollower['ended']): ChatListItem | undefined {
  useOpenedLine(view);
  const item = useChatListItem(chatId);
  useMarkRead(chatId, item?.unread ?? false);
  const router = useRouter();
  useEffect(() => {
    // There the sign-in is shown.
    if (ended === 'UNAUTHORIZED') router.refresh();
  }, [router, ended]);
  return item;
}
