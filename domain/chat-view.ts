import type { ChatMessage } from './message-view.ts';
import type { RunStatus } from './run-status.ts';
import type { RunView } from './run-view.ts';

/** A line of the chat list. Instants are ISO strings. */
export type ChatListItem = {
  id: string;
  /** empty until the first message names the chat */
  title: string;
  /** the latest run, null while the chat has none */
  latestRun: { id: string; status: RunStatus } | null;
  /** something was said since the caller last looked */
  unread: boolean;
  archivedAt: string | null;
  /** since when the caller keeps it above the others */
  pinnedAt: string | null;
  lastActivityAt: string;
  createdAt: string;
  updatedAt: string;
};

/** A chat as it is opened. */
export type ChatView = ChatListItem & {
  /** the shown branch, oldest first, then what is queued, in its order; an answer in progress holds what is written so far */
  messages: ChatMessage[];
  run: RunView | null;
  /** the state this view was read at: `lastEventId` for run.follow, which then tells exactly what came after */
  cursor: string;
};

/** What `chat.activity` tells. */
export type ChatActivityEvent =
  | { type: 'chat'; chat: ChatListItem }
  | { type: 'removed'; chatId: string };
