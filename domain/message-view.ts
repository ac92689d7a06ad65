import type { UIMessage, UIMessageChunk } from 'ai';

export type MessageStatus = 'queued' | 'streaming' | 'completed' | 'failed' | 'aborted';

/** What we say about a message beside its parts. Instants are ISO strings. */
export type MessageMetadata = {
  status: MessageStatus;
  /** null for a first message */
  parentId: string | null;
  /** null for the assistant */
  authorId: string | null;
  createdAt: string;
};

/** A message as clients get it: the AI SDK's UIMessage with our metadata. */
export type ChatMessage = UIMessage<MessageMetadata>;
/** One piece of an answer while it is written. */
export type Chunk = UIMessageChunk<MessageMetadata>;
