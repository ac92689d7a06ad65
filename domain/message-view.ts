import type { UIMessage, UIMessageChunk } from 'ai';
import type { RunErrorCode } from './run-error.ts';
import type { RunUsage, ToolActed } from './run-view.ts';

export type MessageStatus = 'queued' | 'streaming' | 'completed' | 'failed' | 'aborted';

/** What we say about a message beside its parts. Instants are ISO strings. */
export type MessageMetadata = {
  status: MessageStatus;
  /** null for a first message */
  parentId: string | null;
  /** null for the assistant */
  authorId: string | null;
  createdAt: string;
  /** ids of the messages that stand in the same place, this one among them, oldest first; left out for the only one */
  siblings?: string[];
  /** given exactly while the status is queued */
  queue?: QueuePlace;
} & Partial<AnswerMetadata>;

/** Of an answer. What is not known, or empty, is left out. */
export type AnswerMetadata = {
  /** the run that wrote it last */
  runId: string;
  /** "provider:model", of that run */
  model: string;
  /** of all the runs that wrote it */
  usage: RunUsage;
  /** why it failed */
  error: { code: RunErrorCode; message: string };
  /** as RunView has it */
  toolsActed: ToolActed[];
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
