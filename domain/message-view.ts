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
  /** given exactly while the status is queued */
  queue?: QueuePlace;
};

/** How a message waits for its chat to be free. */
export type QueuePlace = {
  /** lower goes out first */
  position: number;
  /** it waits for a person's word, after a stop or a failure; otherwise it goes out by itself */
  paused: boolean;
  /** "provider:model" of the run it will start */
  model: string;
};

/** A message as clients get it: the AI SDK's UIMessage with our metadata. */
export type ChatMessage = UIMessage<MessageMetadata>;
/** One piece of an answer while it is written. */
export type Chunk = UIMessageChunk<MessageMetadata>;
