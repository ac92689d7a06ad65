import type { ChatView } from './chat-view.ts';

/** The link of a chat, for those who may give it away. createdAt is an ISO string. */
export type ShareView = { token: string; createdAt: string };

/** A chat as whoever has its link sees it; `cursor` is for share.follow. */
export type SharedChatView = Pick<ChatView, 'title' | 'messages' | 'run' | 'cursor'>;
