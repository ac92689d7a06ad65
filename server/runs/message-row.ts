import type { JSONValue } from 'ai';
import type { ChatMessage, MessageStatus, QueuePlace } from '#domain/message-view';

/** A row of `message` as `pg` gives it; prisma/schema.prisma explains the columns. */
export type MessageRow = {
  id: string;
  parent_id: string | null;
  author_id: string | null;
  role: 'user' | 'assistant';
  status: MessageStatus;
  parts: ChatMessage['parts'];
  revision: number;
  created_at: Date;
  deleted_at: Date | null;
  queue_position: number | null;
  queue_held_at: Date | null;
  queued_run: QueuedRun | null;
};

/** What a queued message's run will be. */
export type QueuedRun = { model: string; config: Record<string, JSONValue> };

/** What a client may know of a message. */
export function toChatMessage(row: MessageRow): ChatMessage {
  return {
    id: row.id,
    role: row.role,
    parts: row.parts,
    metadata: {
      status: row.status,
      parentId: row.parent_id,
      authorId: row.author_id,
      createdAt: row.created_at.toISOString(),
      ...(row.queued_run && { queue: queuePlaceOf(row, row.queued_run) }),
    },
  };
}

function queuePlaceOf(row: MessageRow, { model }: QueuedRun): QueuePlace {
  return { position: row.queue_position ?? 0, paused: row.queue_held_at !== null, model };
}
