/**
 * Authority as a value: these are made here and nowhere else, and whatever touches a tenant's rows demands one. What
 * the caller may not see is reported like what does not exist.
 */
import { TRPCError } from '@trpc/server';
import type { Caller } from '#server/caller';
import type { RunDatabase } from '#server/runs/run-database';

declare const authorized: unique symbol;

/** The caller may work in this workspace. */
export type AuthorizedWorkspace = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly [authorized]: 'workspace';
};

/** The caller may see this chat. */
export type AuthorizedChat = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly chatId: string;
  /** owner, editor or viewer */
  readonly role: string;
  readonly [authorized]: 'chat';
};

/** Whoever has the link may read this chat, as server/chats/shared-content.ts shows it. */
export type AuthorizedShare = {
  readonly workspaceId: string;
  readonly chatId: string;
  readonly [authorized]: 'share';
};

type Db = Pick<RunDatabase, 'pool'>;

/** @throws TRPCError UNAUTHORIZED */
export function assertSignedIn(caller: Caller | null): Caller {
  if (!caller) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in first.' });
  return caller;
}

/** A caller is one only as a member of the workspace (server/caller.ts joins the membership). */
export function authorizeWorkspace({ workspaceId, userId }: Caller): AuthorizedWorkspace {
  return { workspaceId, userId } as AuthorizedWorkspace;
}

/** @throws TRPCError NOT_FOUND */
export async function authorizeChat(db: Db, workspace: AuthorizedWorkspace, chatId: string): Promise<AuthorizedChat> {
  const { rows } = await db.pool.query<{ role: string }>({
    name: 'authorize-chat',
    text: `SELECT member.role FROM chat JOIN chat_member AS member ON member.chat_id = chat.id
            WHERE chat.id = $1 AND chat.workspace_id = $2 AND chat.deleted_at IS NULL AND member.user_id = $3`,
    values: [chatId, workspace.workspaceId, workspace.userId],
  });
  return mint(workspace, rows[0] && { chatId, role: rows[0].role });
}

/** The chat of a run. @throws TRPCError NOT_FOUND */
export async function authorizeRun(db: Db, workspace: AuthorizedWorkspace, runId: string): Promise<AuthorizedChat> {
  const { rows } = await db.pool.query<{ chatId: string; role: string }>({
    name: 'authorize-run',
    text: `SELECT run.chat_id AS "chatId", member.role
             FROM run JOIN chat ON chat.id = run.chat_id JOIN chat_member AS member ON member.chat_id = chat.id
            WHERE run.id = $1 AND run.workspace_id = $2 AND chat.deleted_at IS NULL AND member.user_id = $3`,
    values: [runId, workspace.workspaceId, workspace.userId],
  });
  return mint(workspace, rows[0]);
}

/** The chat of a link that works. @throws TRPCError NOT_FOUND */
export async function authorizeShare(db: Db, token: string): Promise<AuthorizedShare> {
  const { rows } = await db.pool.query<{ workspaceId: string; chatId: string }>({
    name: 'authorize-share',
    text: `SELECT chat.workspace_id AS "workspaceId", chat.id AS "chatId"
             FROM chat_share AS share JOIN chat ON chat.id = share.chat_id
            WHERE share.token = $1 AND share.revoked_at IS NULL AND chat.deleted_at IS NULL`,
    values: [token],
  });
  return assertFound(rows[0] ?? null) as AuthorizedShare;
}

/** @throws TRPCError FORBIDDEN for those who may only look */
export function assertMayWrite(chat: AuthorizedChat): void {
  if (chat.role !== 'viewer') return;
  throw new TRPCError({ code: 'FORBIDDEN', message: 'You may read this chat, not change it.' });
}

/** @throws TRPCError NOT_FOUND for null */
export function assertFound<T>(value: T | null): T {
  if (value === null) throw new TRPCError({ code: 'NOT_FOUND' });
  return value;
}

function mint(
  { workspaceId, userId }: AuthorizedWorkspace,
  place: { chatId: string; role: string } | undefined,
): AuthorizedChat {
  if (!place) throw new TRPCError({ code: 'NOT_FOUND' });
  return { workspaceId, userId, ...place } as AuthorizedChat;
}
