import type { ChatActivityEvent, ChatListItem } from '#domain/chat-view';
import { isActive } from '#domain/run-status';

export type EndedRun = { runId: string; chat: ChatListItem };

export type EndWatch = {
  /** @returns the run that has ended by this */
  hear: (event: ChatActivityEvent) => EndedRun | null;
  /** whether the end of a run is still to come */
  isWaiting: () => boolean;
};

/** Finds in what is told of the chats which of their runs end. One that was never heard of as active does not. */
export function createEndWatch(): EndWatch {
  /** by chat */
  const activeRunIds = new Map<string, string>();

  const hearChat = (chat: ChatListItem): EndedRun | null => {
    const { id: chatId, latestRun: run } = chat;
    if (run && isActive(run.status)) {
      activeRunIds.set(chatId, run.id);
      return null;
    }
    const knownId = activeRunIds.get(chatId);
    activeRunIds.delete(chatId);
    return run && run.id === knownId ? { runId: run.id, chat } : null;
  };
  return {
    hear(event) {
      if (event.type === 'chat') return hearChat(event.chat);
      activeRunIds.delete(event.chatId);
      return null;
    },
    isWaiting: () => activeRunIds.size > 0,
  };
}
