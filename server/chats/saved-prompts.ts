/** Texts that a person keeps to begin messages with, each under a name of its own. */
import { v7 as uuidv7 } from 'uuid';
import type { SavedPrompt } from '#domain/saved-prompt';
import type { RunDatabase } from '#server/runs/run-database';
import type { Membership } from './list-chats.ts';

type Db = Pick<RunDatabase, 'pool'>;

/** So few that a list of them can be read. */
const maxPrompts = 100;

export async function listPrompts(db: Db, { workspaceId, userId }: Membership): Promise<SavedPrompt[]> {
  const { rows } = await db.pool.query<SavedPrompt>(
    `SELECT id, name, text FROM prompt WHERE workspace_id = $1 AND user_id = $2 ORDER BY lower(name), name`,
    [workspaceId, userId],
  );
  return rows;
}

/**
 * Keep a prompt; one of the same name is replaced, so that a repeated call keeps one.
 *
 * @returns null when the person has as many as there may be
 */
export async function savePrompt(
  db: Db,
  { workspaceId, userId }: Membership,
  { name, text }: Omit<SavedPrompt, 'id'>,
): Promise<SavedPrompt | null> {
  const { rows } = await db.pool.query<SavedPrompt>(
    `INSERT INTO prompt (id, workspace_id, user_id, name, text)
     SELECT $1, $2, $3, $4, $5
      WHERE (SELECT count(*) FROM prompt WHERE workspace_id = $2 AND user_id = $3 AND name <> $4) < $6
     ON CONFLICT (workspace_id, user_id, name) DO UPDATE SET text = excluded.text, updated_at = now()
     RETURNING id, name, text`,
    [uuidv7(), workspaceId, userId, name, text, maxPrompts],
  );
  return rows[0] ?? null;
}

/** @returns false when there is no such prompt of this person */
export async function removePrompt(db: Db, { workspaceId, userId }: Membership, promptId: string): Promise<boolean> {
  const { rowCount } = await db.pool.query('DELETE FROM prompt WHERE id = $1 AND workspace_id = $2 AND user_id = $3', [
    promptId,
    workspaceId,
    userId,
  ]);
  return rowCount === 1;
}
