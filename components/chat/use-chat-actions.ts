'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useTRPCClient } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import { isActive } from '#domain/run-status';
import { chatAddress, chatIdIn } from './chat-address.ts';
import { useTellLists } from './use-chat-list.ts';

/** So long the way back is offered; the server knows it for longer. */
const undoMs = 10_000;

export type ChatActions = {
  pin: (chat: ChatListItem, pinned: boolean) => void;
  archive: (chat: ChatListItem, archived: boolean) => void;
  remove: (chat: ChatListItem) => void;
};

/** What can be done with a chat of the list. The list shows it at once, and takes it back when the server refuses. */
export function useChatActions(): ChatActions {
  const say = useSay();
  const { chat: api } = useTRPCClient();
  const tellLists = useTellLists();
  const router = useRouter();
  const openChatId = chatIdIn(usePathname());
  const refuse = (error: unknown) => void toast.error(say(`refusal.${reasonOf(error)}`));

  /** @param wished as the chat will be */
  async function change(chat: ChatListItem, wished: ChatListItem, call: () => Promise<ChatListItem>): Promise<boolean> {
    tellLists({ type: 'chat', chat: wished });
    try {
      tellLists({ type: 'chat', chat: await call() });
      return true;
    } catch (error) {
      tellLists({ type: 'chat', chat });
      refuse(error);
      return false;
    }
  }

  async function archive(chat: ChatListItem, archived: boolean): Promise<void> {
    const archivedAt = archived ? new Date().toISOString() : null;
    const setArchived = (to: boolean) => () => api.archive.mutate({ chatId: chat.id, archived: to });
    if (!(await change(chat, { ...chat, archivedAt }, setArchived(archived)))) return;
    const undo = () => void change({ ...chat, archivedAt }, chat, setArchived(!archived));
    toast(say(archived ? 'chats.archived.done' : 'chats.archived.undone'), withUndo(undo));
  }

  async function restore(chat: ChatListItem): Promise<void> {
    try {
      tellLists({ type: 'chat', chat: await api.restore.mutate({ chatId: chat.id }) });
      if (chat.id === openChatId) router.push(chatAddress(chat.id));
    } catch (error) {
      refuse(error);
    }
  }

  async function remove(chat: ChatListItem): Promise<void> {
    tellLists({ type: 'removed', chatId: chat.id });
    if (chat.id === openChatId) router.push('/');
    const removal = api.delete.mutate({ chatId: chat.id });
    const wasAnswering = chat.latestRun !== null && isActive(chat.latestRun.status);
    const undo = () => void removal.then(() => restore(chat));
    const told = toast(say(wasAnswering ? 'chats.deleted.stopped' : 'chats.deleted'), withUndo(undo));
    try {
      await removal;
    } catch (error) {
      toast.dismiss(told);
      tellLists({ type: 'chat', chat });
      refuse(error);
    }
  }

  const withUndo = (undo: () => void) => ({ duration: undoMs, action: { label: say('chats.undo'), onClick: undo } });
  return {
    pin: (chat, pinned) => {
      const pinnedAt = pinned ? new Date().toISOString() : null;
      void change(chat, { ...chat, pinnedAt }, () => api.pin.mutate({ chatId: chat.id, pinned }));
    },
    archive: (chat, archived) => void archive(chat, archived),
    remove: (chat) => void remove(chat),
  };
}
