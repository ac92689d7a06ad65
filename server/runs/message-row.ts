import type { ChatMessage, MessageStatus } from '#domain/message-view';

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
};

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
    },
  };
}
