'use client';

import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '#components/api/api-context.ts';

/** Tells the server that the news of a chat have been seen, as soon as the tab that shows it is visible. */
export function useMarkRead(chatId: string | null, isUnread: boolean): void {
  const { mutate } = useMutation(useTRPC().chat.markRead.mutationOptions());
  useEffect(() => {
    if (chatId === null || !isUnread) return;
    const look = () => {
      if (document.visibilityState === 'visible') mutate({ chatId });
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [chatId, isUnread, mutate]);
}
