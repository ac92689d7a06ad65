'use client';

import { useTRPCClient } from '#components/api/api-context.ts';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import { useChatChange } from './use-chat-change.ts';
import { useChatRemoval } from './use-chat-removal.ts';

export type ChatActions = {
  pin: (chat: ChatListItem, pinned: boolean) => void;
  archive: (chat: ChatListItem, archived: boolean) => void;
  remove: (chat: ChatListItem) => void;
};

/** What can be done with a chat of the list. */
export function useChatActions(): ChatActions {
  const say = useSay();
  const { chat: api } = useTRPCClient();
  const { change, withUndo } = useChatChange();
  const remove = useChatRemoval();

  async function archive(chat: ChatListItem, archived: boolean): Promise<void> {
    const archivedAt = archived ? new Date().toISOString() : null;
    const setArchived = (to: boolean) => () => api.archive.mutate({ chatId: chat.id, archived: to });
    if (!(await change(chat, { ...chat, archivedAt }, setArchived(archived)))) return;
    const undo = () => void change({ ...chat, archivedAt }, chat, setArchived(!archived));
    toast(say(archived ? 'chats.archived.done' : 'chats.archived.undone'), withUndo(undo));
  }

  return {
    pin(chat, pinned) {
      const pinnedAt = pinned ? new Date().toISOString() : null;
      void change(chat, { ...chat, pinnedAt }, () => api.pin.mutate({ chatId: chat.id, pinned }));
    },
    archive: (chat, archived) => void archive(chat, archived),
    remove: (chat) => void remove(chat),
  };
}
