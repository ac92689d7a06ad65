'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useTRPCClient } from '#components/api/api-context.ts';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import { isActive } from '#domain/run-status';
import { chatAddress, chatIdIn } from './chat-address.ts';
import { useChatChange } from './use-chat-change.ts';
import { useTellLists } from './use-chat-list.ts';

/** Deletes a chat, with a way back; who has it open is led away from it, and to it again. */
export function useChatRemoval(): (chat: ChatListItem) => Promise<void> {
  const say = useSay();
  const { chat: api } = useTRPCClient();
  const tellLists = useTellLists();
  const { refuse, withUndo } = useChatChange();
  const router = useRouter();
  const openChatId = chatIdIn(usePathname());

  async function restore(chat: ChatListItem): Promise<void> {
    try {
      tellLists({ type: 'chat', chat: await api.restore.mutate({ chatId: chat.id }) });
      if (chat.id === openChatId) router.push(chatAddress(chat.id));
    } catch (error) {
      refuse(error);
    }
  }

  return async (chat) => {
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
  };
}
