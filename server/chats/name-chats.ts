/**
 * Titles by the model: once the first question of a chat is answered, and beside everything else. A title that is lost,
 * with the process or to the provider, is not tried again: the chat keeps the beginning of its first message.
 */
import type { Logger } from 'pino';
import type { ChatMessage } from '#domain/message-view';
import { maxTitleLength } from '#domain/input-limits';
import { openingTitle } from '#server/runs/opening-title';
import type { RunDatabase } from '#server/runs/run-database';

const patienceMs = 30_000;

type Parts = ChatMessage['parts'];
type Db = Pick<RunDatabase, 'pool' | 'hints'>;

export type ChatNamerOptions = {
  /** null: no title comes to mind */
  writeTitle: (asked: {
    model: string;
    question: string;
    answer: string;
    abortSignal: AbortSignal;
  }) => Promise<string | null>;
  log: Pick<Logger, 'info'>;
};

export type ChatNamer = {
  /** A run has succeeded; names its chat if that was its first answer and nobody has named it. Never fails. */
  nameAfter: (runId: string) => void;
  /** Give up what is under way. Resolves when nothing is. */
  close(): Promise<void>;
};

export function createChatNamer(db: Db, { writeTitle, log }: ChatNamerOptions): ChatNamer {
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();

  async function name(runId: string): Promise<void> {
    const opening = await findUnnamedOpening(db, runId);
    if (!opening) return;
    const { model, question, answer } = opening;
    const abortSignal = AbortSignal.any([closing.signal, AbortSignal.timeout(patienceMs)]);
    const title = await writeTitle({ model, question: textOf(question), answer: textOf(answer), abortSignal });
    if (title) await nameUnnamedChat(db, opening, title.slice(0, maxTitleLength));
  }

  return {
    nameAfter(runId) {
      const named = name(runId)
        .catch((error: unknown) => log.info({ runId, reason: nameOf(error) }, 'no title for the chat'))
        .finally(() => underWay.delete(named));
      underWay.add(named);
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}

type Opening = { chatId: string; workspaceId: string; model: string; title: string; question: Parts; answer: Parts };

/** The first question of a chat with its answer; null when the run is another one, or somebody has named the chat. */
async function findUnnamedOpening(db: Db, runId: string): Promise<Opening | null> {
  const { rows } = await db.pool.query<Opening>(
    `SELECT chat.id AS "chatId", chat.workspace_id AS "workspaceId", run.model, chat.title,
            question.parts AS question, answer.parts AS answer
       FROM run
       JOIN chat ON chat.id = run.chat_id AND chat.deleted_at IS NULL
       JOIN message AS question ON question.chat_id = run.chat_id AND question.id = run.user_message_id
       JOIN message AS answer ON answer.chat_id = run.chat_id AND answer.id = run.assistant_message_id
      WHERE run.id = $1 AND run.status = 'succeeded' AND question.parent_id IS NULL`,
    [runId],
  );
  const opening = rows[0];
  return opening && opening.title === openingTitle(opening.question) ? opening : null;
}

/** @returns false when somebody has named the chat meanwhile, or it is gone */
async function nameUnnamedChat(
  db: Db,
  { chatId, workspaceId, question }: Pick<Opening, 'chatId' | 'workspaceId' | 'question'>,
  title: string,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `UPDATE chat SET title = $3, revision = revision + 1, updated_at = now()
      WHERE id = $1 AND workspace_id = $2 AND title = $4 AND deleted_at IS NULL`,
    [chatId, workspaceId, title, openingTitle(question)],
  );
  if (rowCount) db.hints.chatChanged({ workspaceId, chatId });
  return rowCount === 1;
}

function textOf(parts: Parts): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

/** What a provider's error holds besides is not for the log: keys, and what people said. */
const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
