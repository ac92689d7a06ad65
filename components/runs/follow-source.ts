import type { ApiClient } from '#components/api/api-client.ts';
import type { ChatView } from '#domain/chat-view';

/** What a page shows of a chat, and where its live view goes on. */
export type FollowedChat = Pick<ChatView, 'messages' | 'run' | 'cursor'>;

/** Where a chat's live view comes from. */
export type FollowSource = {
  /** @param lastEventId undefined to begin with the whole answer so far */
  subscribe: (lastEventId: string | undefined, observer: FollowObserver) => { unsubscribe(): void };
  /** the chat as the server has it now; null when that cannot be had */
  readFresh: () => Promise<FollowedChat | null>;
};

type FollowObserver = Parameters<ApiClient['run']['follow']['subscribe']>[1];
