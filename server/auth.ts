/** Sign-in: better-auth on our tables. Its organizations are our workspaces. */
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { anonymous, organization } from 'better-auth/plugins';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { RunDatabase } from '#server/runs/run-database';
import { addressHeader, cookiePrefix } from './caller.ts';
import { allowedOrigins, type Env } from './env.ts';
import { handOverGuestChats } from './guest-handover.ts';
import { ensurePersonalWorkspace } from './personal-workspace.ts';
import { assertMaySignUp } from './sign-up-rules.ts';

const daySeconds = 86_400;

export type Auth = ReturnType<typeof createAuth>;

/** @throws when AUTH_SECRET is not set */
export function createAuth({ env, db, log }: { env: Env; db: Pick<RunDatabase, 'pool' | 'prisma'>; log: Logger }) {
  if (!env.AUTH_SECRET) throw new Error('AUTH_SECRET is not set: sessions need a secret of at least 32 characters.');
  const origins = allowedOrigins(env).map((url) => url.origin);
  return betterAuth({
    appName: 'Holdfast',
    secret: env.AUTH_SECRET,
    baseURL: origins[0]!,
    basePath: '/api/auth',
    trustedOrigins: origins,
    database: prismaAdapter(db.prisma, { provider: 'postgresql', transaction: true }),
    emailAndPassword: { enabled: true },
    session: { expiresIn: 30 * daySeconds, updateAge: daySeconds },
    databaseHooks: {
      user: {
        create: {
          before: (account) => assertMaySignUp(db.pool, env, account),
          after: async (account) => {
            await ensurePersonalWorkspace(db.pool, account.id);
          },
        },
      },
    },
    plugins: [
      anonymous({
        generateName: () => 'Guest',
        onLinkAccount: ({ anonymousUser, newUser }) =>
          handOverGuestChats(db.pool, { guestId: anonymousUser.user.id, userId: newUser.user.id }),
      }),
      organization({
        allowUserToCreateOrganization: (user) => !user.isAnonymous,
        disableOrganizationDeletion: true,
        schema: workspaceTables,
      }),
    ],
    // On one's own machine there is nobody to limit, and tests make many guests.
    rateLimit: { enabled: !env.isLocal, customRules: { '/sign-in/anonymous': { window: 60, max: 20 } } },
    advanced: {
      cookiePrefix,
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message, ...details) => log[level]({ details }, `sign-in: ${message}`) },
  });
}

const workspaceTables = {
  organization: { modelName: 'workspace' },
  member: { modelName: 'workspaceMember', fields: { organizationId: 'workspaceId' } },
  invitation: { modelName: 'workspaceInvitation', fields: { organizationId: 'workspaceId' } },
  session: { fields: { activeOrganizationId: 'activeWorkspaceId' } },
};
