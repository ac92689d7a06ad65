/** Chunks → the parts of a message, by the AI SDK's own reader: the same fold on the server and in the page. */
import { readUIMessageStream } from 'ai';
import type { ChatMessage, Chunk } from './message-view.ts';
import { mergeChunks } from './merge-chunks.ts';

type Parts = ChatMessage['parts'];

/** Where a fold begins: a message id and the parts that stood before (none, or a run's baseParts). */
export type FoldBase = { messageId: string; baseParts: Parts };

/**
 * Fold a whole run.
 *
 * @throws when a chunk refers to a part that was never opened
 */
export async function foldChunks(base: FoldBase, chunks: readonly Chunk[]): Promise<Parts> {
  const { parts, failure } = await foldWhatFits(base, chunks);
  if (failure !== undefined) throw failure;
  return parts;
}

/** As foldChunks, but what does not fold ends it: the parts up to there, and why. Never rejects. */
export async function foldWhatFits(
  base: FoldBase,
  chunks: readonly Chunk[],
): Promise<{ parts: Parts; failure: Error | undefined }> {
  let parts = base.baseParts;
  const failures: Error[] = [];
  const messages = readUIMessageStream<ChatMessage>({
    message: emptyMessage(base),
    stream: streamOf(mergeChunks(chunks.filter((chunk) => chunk.type !== 'error'))),
    onError: (cause) => failures.push(cause instanceof Error ? cause : new Error('this does not fold', { cause })),
  });
  for await (const message of messages) parts = message.parts;
  return { parts, failure: failures[0] };
}

/** A fold that grows. */
export type Fold = {
  /** Add chunks; resolves with the parts so far. Calls are answered in order. Rejects as foldChunks throws. */
  push(chunks: readonly Chunk[]): Promise<Parts>;
};

/** Begin a fold that grows, for a page that follows a run. */
export function createFold(base: FoldBase): Fold {
  let input!: ReadableStreamDefaultController<Chunk>;
  const failures: unknown[] = [];
  const messages = readUIMessageStream<ChatMessage>({
    message: emptyMessage(base),
    stream: new ReadableStream<Chunk>({ start: (controller) => void (input = controller) }),
    onError: (error) => failures.push(error),
  })[Symbol.asyncIterator]();
  let pushes = 0;
  let previous: Promise<unknown> = Promise.resolve();

  async function readUntil(mark: number): Promise<Parts> {
    for (;;) {
      const { value, done } = await messages.next();
      if (done) throw failures[0] ?? new Error('the fold has ended');
      if ((value.metadata as { mark?: number } | undefined)?.mark === mark) return value.parts;
    }
  }

  return {
    push(chunks) {
      const mark = ++pushes;
      for (const chunk of mergeChunks(chunks)) if (chunk.type !== 'error') input.enqueue(chunk);
      // The reader says nothing of what it has read; metadata passes through it in order, so it serves as a mark.
      input.enqueue({ type: 'message-metadata', messageMetadata: { mark } as never });
      const parts = previous.then(() => readUntil(mark));
      previous = parts.catch(() => undefined);
      return parts;
    },
  };
}

/** ReadableStream.from, which not every browser has. */
function streamOf<T>(items: readonly T[]): ReadableStream<T> {
  return new ReadableStream({
    start(controller) {
      for (const item of items) controller.enqueue(item);
      controller.close();
    },
  });
}

function emptyMessage({ messageId, baseParts }: FoldBase): ChatMessage {
  return { id: messageId, role: 'assistant', parts: structuredClone(baseParts) };
}
