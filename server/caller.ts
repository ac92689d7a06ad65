/** Who calls: one round trip per request, straight from the session's row, so that a revoked session ends at once. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { getSessionCookie } from 'better-auth/cookies';
import type pg from 'pg';
import { ensurePersonalWorkspace } from './personal-workspace.ts';

export const cookiePrefix = 'holdfast';
/** The caller's address, set by web-main on every request over whatever was sent. */
export const addressHeader = 'x-holdfast-address';

/** A person with a valid session, and the workspace that this browser works in. */
export type Caller = {
  userId: string;
  name: string;
  isGuest: boolean;
  sessionId: string;
  workspaceId: string;
  /** owner, admin or member */
  workspaceRole: string;
};

type CallerRow = {
  user_id: string;
  name: string;
  is_anonymous: boolean | null;
  session_id: string;
  workspace_id: string | null;
  role: string | null;
};

/**
 * Read the session behind a request's cookie. The session is not renewed here: the page's own call of
 * /api/auth/get-session does that.
 *
 * @returns null without a valid session
 */
export async function findCaller(
  { pool, secret }: { pool: pg.Pool; secret: string },
  headers: Headers,
): Promise<Caller | null> {
  const token = readSessionToken(headers, secret);
  if (token === null) return null;
  const row = await findSession(pool, token);
  if (!row) return null;
  if (row.workspace_id === null) {
    await ensurePersonalWorkspace(pool, row.user_id);
    return toCaller(await findSession(pool, token));
  }
  return toCaller(row);
}

/** The session's token when its signature is ours: a made-up cookie costs no query. */
function readSessionToken(headers: Headers, secret: string): string | null {
  const cookie = getSessionCookie(headers, { cookiePrefix });
  const dot = cookie?.lastIndexOf('.') ?? -1;
  if (!cookie || dot < 1) return null;
  const token = cookie.slice(0, dot);
  const given = Buffer.from(cookie.slice(dot + 1), 'base64');
  const expected = createHmac('sha256', secret).update(token).digest();
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

async function findSession(pool: pg.Pool, token: string): Promise<CallerRow | undefined> {
  const { rows } = await pool.query<CallerRow>({
    name: 'find-caller',
    text: `SELECT session.user_id, session.id AS session_id, person.name, person.is_anonymous,
                  home.workspace_id, home.role
             FROM session
             JOIN "user" AS person ON person.id = session.user_id
             LEFT JOIN LATERAL (
               SELECT member.workspace_id, member.role
                 FROM workspace_member AS member JOIN workspace ON workspace.id = member.workspace_id
                WHERE member.user_id = session.user_id
                  AND (workspace.id = session.active_workspace_id OR workspace.personal_owner_id = session.user_id)
                ORDER BY workspace.id IS NOT DISTINCT FROM session.active_workspace_id DESC
                LIMIT 1
             ) AS home ON true
            WHERE session.token = $1 AND session.expires_at > now()`,
    values: [token],
  });
  return rows[0];
}

function toCaller(row: CallerRow | undefined): Caller | null {
  if (!row || row.workspace_id === null) return null;
  return {
    userId: row.user_id,
    name: row.name,
    isGuest: row.is_anonymous === true,
    sessionId: row.session_id,
    workspaceId: row.workspace_id,
    workspaceRole: row.role ?? 'member',
  };
}
