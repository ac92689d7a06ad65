import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';

export type SentMessage = {
  id: string;
  parts: ChatMessage['parts'];
  /** the message that it follows */
  parentId: string | null;
  /** who is asking; undefined until it is known */
  ownId: string | undefined;
  /** that answers it */
  run: RunView;
};

/** A person's message that the server has taken, as the server stores it. */
export function sentMessage({ id, parts, parentId, ownId, run }: SentMessage): ChatMessage {
  return {
    id,
    role: 'user',
    parts,
    metadata: { status: 'completed', parentId, authorId: ownId ?? null, createdAt: run.createdAt },
  };
}
