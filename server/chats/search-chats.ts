import type { SearchHit } from '#domain/chat-search';
import type { RunDatabase } from '#server/runs/run-database';
import type { Membership } from './list-chats.ts';
import { cutSnippet, markHits } from './mark-hits.ts';
import { readSearchWords, type SearchWords } from './search-words.ts';

const pageSize = 20;
/** Ranking reads each message anew: of a word that stands everywhere only the newest are ranked. */
const rankedMessages = 200;
const rankedTitles = 50;
/** As much of a message as message_words reads. */
const searchedLength = 100_000;

type HitRow = {
  chat_id: string;
  title: string;
  archived_at: Date | null;
  message_id: string | null;
  role: 'user' | 'assistant';
  text: string;
  at: Date;
};

/**
 * Where in the person's chats all words of the query stand, the archived ones included: titles first, then messages by
 * how much they say about it, the newer the better. The last word may be the beginning of one.
 *
 * @param offset how many hits were seen before
 * @returns nextCursor: the offset of the next page; null on the last one
 */
export async function searchChats(
  db: Pick<RunDatabase, 'pool'>,
  membership: Membership,
  { query, offset }: { query: string; offset: number },
): Promise<{ items: SearchHit[]; nextCursor: string | null }> {
  const words = readSearchWords(query);
  const rows = await findHits(db, membership, { words, offset });
  const items = rows.slice(0, pageSize).map((row) => toSearchHit(row, words));
  return { items, nextCursor: rows.length > pageSize ? String(offset + pageSize) : null };
}

async function findHits(
  db: Pick<RunDatabase, 'pool'>,
  { userId, workspaceId }: Membership,
  { words, offset }: { words: SearchWords; offset: number },
): Promise<HitRow[]> {
  const { rows } = await db.pool.query<HitRow>({
    name: 'search-chats',
    // The index is asked before anything else: the planner knows nothing of how rare a word is.
    text: `WITH wanted AS (
             SELECT to_tsquery('simple', $3) AS words,
                    to_tsquery('simple', $3) && format('%L', 'workspace-' || $2)::tsquery AS words_here
           ), mine AS (
             SELECT chat.id, chat.title, chat.archived_at, chat.last_activity_at
               FROM chat JOIN chat_member AS member ON member.chat_id = chat.id AND member.user_id = $1
              WHERE chat.workspace_id = $2::uuid AND chat.deleted_at IS NULL
           ), found AS MATERIALIZED (
             SELECT message.chat_id, message.id, message.created_at
               FROM message, wanted
              WHERE message_words(message.workspace_id, message.parts) @@ wanted.words_here
                AND numnode(wanted.words) > 0 AND message.deleted_at IS NULL AND message.status <> 'queued'
           ), newest AS (
             SELECT found.* FROM found JOIN mine ON mine.id = found.chat_id
              ORDER BY found.created_at DESC, found.id LIMIT ${rankedMessages}
           ), hit AS (
             (SELECT id AS chat_id, NULL::uuid AS message_id, last_activity_at AS at, 1::real AS rank
                FROM mine WHERE title ILIKE ALL ($4::text[])
               ORDER BY last_activity_at DESC, id LIMIT ${rankedTitles})
             UNION ALL
             SELECT newest.chat_id, newest.id, newest.created_at,
                    ts_rank(message_words(message.workspace_id, message.parts), wanted.words, 1) / 2
               FROM newest JOIN message ON message.chat_id = newest.chat_id AND message.id = newest.id, wanted
           ), page AS (
             SELECT hit.*, rank * (1 + 1 / (1 + extract(epoch FROM now() - at) / 2592000)) AS score
               FROM hit ORDER BY score DESC, at DESC, chat_id, message_id LIMIT ${pageSize + 1} OFFSET $5
           )
           SELECT page.chat_id, mine.title, mine.archived_at, page.message_id, page.at, message.role,
                  left(message_text(message.parts), ${searchedLength}) AS text
             FROM page JOIN mine ON mine.id = page.chat_id
             LEFT JOIN message ON message.chat_id = page.chat_id AND message.id = page.message_id
            ORDER BY page.score DESC, page.at DESC, page.chat_id, page.message_id`,
    values: [userId, workspaceId, words.tsquery, words.titleLikes, offset],
  });
  return rows;
}

function toSearchHit(row: HitRow, { inText, inTitle }: SearchWords): SearchHit {
  const { message_id: id, role } = row;
  return {
    chatId: row.chat_id,
    title: markHits(row.title, inTitle),
    archivedAt: row.archived_at?.toISOString() ?? null,
    message: id === null ? null : { id, role, snippet: cutSnippet(row.text, inText) },
    at: row.at.toISOString(),
  };
}
