import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';

/**
 * The workspace that comes with an account, made when it is missing. Keyed on its owner, so any number of calls at
 * once make one.
 *
 * @returns its id
 */
export async function ensurePersonalWorkspace(db: Pick<pg.Pool, 'query'>, userId: string): Promise<string> {
  const workspaceId = uuidv7();
  const { rows } = await db.query<{ workspace_id: string }>(
    // DO UPDATE, since DO NOTHING returns no row for a workspace that a concurrent call has just made.
    `WITH home AS (
       INSERT INTO workspace (id, name, slug, personal_owner_id) VALUES ($1::uuid, 'Personal', $1::uuid::text, $2)
       ON CONFLICT (personal_owner_id) DO UPDATE SET personal_owner_id = excluded.personal_owner_id
       RETURNING id
     )
     INSERT INTO workspace_member (id, workspace_id, user_id, role)
     SELECT $3, home.id, $2, 'owner' FROM home
     ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = 'owner'
     RETURNING workspace_id`,
    [workspaceId, userId, uuidv7()],
  );
  return rows[0]!.workspace_id;
}
