'use client';

import { reasonOf } from '#components/api/api-error.ts';
import { toast, type ToastOptions } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import { useTellLists } from './use-chat-list.ts';

/** So long the way back is offered; the server knows it for longer. */
const undoMs = 10_000;

/** Ways to change a chat of the list, which shows the change at once and takes it back when the server refuses. */
export function useChatChange() {
  const say = useSay();
  const tellLists = useTellLists();
  const refuse = (error: unknown) => void toast.error(say(`refusal.${reasonOf(error)}`));

  /**
   * @param wished as the chat will be
   * @returns whether the server has done it
   */
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

  /** For a toast. */
  const withUndo = (undo: () => void): ToastOptions => ({
    duration: undoMs,
    action: { label: say('chats.undo'), onClick: undo },
  });
  return { change, refuse, withUndo };
}
