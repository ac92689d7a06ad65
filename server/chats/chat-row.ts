import type { ChatListItem } from '#domain/chat-view';
import type { RunStatus } from '#domain/run-status';

/** A line of the chat list as selectChats gives it. */
export type ChatRow = {
  id: string;
  title: string;
  archived_at: Date | null;
  pinned_at: Date | null;
  deleted_at: Date | null;
  last_activity_at: Date;
  created_at: Date;
  updated_at: Date;
  latest_run_id: string | null;
  latest_run_status: RunStatus | null;
  unread: boolean;
};

/**
 * The chats that person $1 is a member of in workspace $2, deleted ones too: the start of every query for chat lines.
 * Unread is what others have finished saying since; an answer in progress does not count yet.
 */
export const selectChats = `
  SELECT chat.id, chat.title, chat.archived_at, chat.deleted_at, chat.last_activity_at, chat.created_at,
         chat.updated_at, member.pinned_at, latest.id AS latest_run_id, latest.status AS latest_run_status,
         EXISTS (SELECT FROM message
                  WHERE message.chat_id = chat.id AND message.revision > member.last_read_revision
                    AND message.status <> 'streaming' AND message.deleted_at IS NULL
                    AND message.author_id IS DISTINCT FROM member.user_id) AS unread
    FROM chat
    JOIN chat_member AS member ON member.chat_id = chat.id AND member.user_id = $1
    LEFT JOIN LATERAL (
      SELECT run.id, run.status FROM run WHERE run.chat_id = chat.id ORDER BY run.revision DESC, run.id DESC LIMIT 1
    ) AS latest ON true
   WHERE chat.workspace_id = $2`;

/** Row → what a client sees. */
export function toChatListItem(row: ChatRow): ChatListItem {
  const { latest_run_id: runId, latest_run_status: status } = row;
  return {
    id: row.id,
    title: row.title,
    latestRun: runId === null || status === null ? null : { id: runId, status },
    unread: row.unread,
    archivedAt: row.archived_at?.toISOString() ?? null,
    pinnedAt: row.pinned_at?.toISOString() ?? null,
    lastActivityAt: row.last_activity_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
