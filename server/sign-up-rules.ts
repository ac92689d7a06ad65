import { APIError } from 'better-auth/api';
import type pg from 'pg';
import type { Env } from './env.ts';

type NewAccount = { email: string; isAnonymous?: unknown };

/**
 * May this account be made? Guests: GUEST_ACCESS. Accounts: SIGN_UP, or an open invitation, or there is none yet.
 *
 * @throws APIError FORBIDDEN, readable by the person
 */
export async function assertMaySignUp(
  pool: pg.Pool,
  env: Pick<Env, 'GUEST_ACCESS' | 'SIGN_UP'>,
  account: NewAccount,
): Promise<void> {
  if (account.isAnonymous) {
    if (env.GUEST_ACCESS === 'on') return;
    throw refusal('GUEST_ACCESS_OFF', 'This server does not take guests. Sign in with an account.');
  }
  if (env.SIGN_UP === 'on' || (await isFirstOrInvited(pool, account.email))) return;
  throw refusal('SIGN_UP_OFF', 'This server takes new accounts by invitation only.');
}

async function isFirstOrInvited(pool: pg.Pool, email: string): Promise<boolean> {
  const { rows } = await pool.query<{ welcome: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM "user" WHERE is_anonymous IS NOT TRUE)
         OR EXISTS (SELECT FROM workspace_invitation
                     WHERE lower(email) = lower($1) AND status = 'pending' AND expires_at > now()) AS welcome`,
    [email],
  );
  return rows[0]!.welcome;
}

function refusal(code: string, message: string): APIError {
  return new APIError('FORBIDDEN', { code, message });
}
