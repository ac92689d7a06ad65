import type pg from 'pg';
import { handOverPrompts } from '#server/chats/hand-over-prompts';
import { inTransaction } from '#server/runs/transaction';
import { ensurePersonalWorkspace } from './personal-workspace.ts';

/**
 * A guest signed in with an account: everything in the guest's personal workspace becomes the account's, runs in
 * progress included. All or nothing; afterwards the guest's user row may go.
 */
export async function handOverGuestChats(
  pool: pg.Pool,
  { guestId, userId }: { guestId: string; userId: string },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const from = await ensurePersonalWorkspace(client, guestId);
    const to = await ensurePersonalWorkspace(client, userId);
    // The foreign keys carry the change on to members, messages, runs and steps; the journal has none.
    await client.query(
      `UPDATE chat SET workspace_id = $2, revision = revision + 1, updated_at = now() WHERE workspace_id = $1`,
      [from, to],
    );
    await client.query(
      `UPDATE run_chunk SET workspace_id = $2 FROM run
        WHERE run_chunk.run_id = run.id AND run.workspace_id = $2 AND run_chunk.workspace_id = $1`,
      [from, to],
    );
    await client.query('UPDATE chat SET created_by_id = $2 WHERE created_by_id = $1', [guestId, userId]);
    await client.query(
      `INSERT INTO chat_member (chat_id, user_id, workspace_id, role, last_read_revision, pinned_at)
       SELECT chat_id, $2, workspace_id, role, last_read_revision, pinned_at FROM chat_member WHERE user_id = $1
       ON CONFLICT DO NOTHING`,
      [guestId, userId],
    );
    await client.query('UPDATE file SET workspace_id = $2 WHERE workspace_id = $1', [from, to]);
    await handOverPrompts(client, { workspaceId: from, userId: guestId }, { workspaceId: to, userId });
    await client.query('UPDATE file SET created_by_id = $2 WHERE created_by_id = $1', [guestId, userId]);
    await client.query('UPDATE chat_share SET created_by_id = $2 WHERE created_by_id = $1', [guestId, userId]);
    await client.query('UPDATE message SET author_id = $2 WHERE author_id = $1', [guestId, userId]);
    await client.query('UPDATE run SET created_by_id = $2 WHERE created_by_id = $1', [guestId, userId]);
  });
}
