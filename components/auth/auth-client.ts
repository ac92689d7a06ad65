import { anonymousClient } from 'better-auth/client/plugins';
import { createAuthClient } from 'better-auth/client';

/** The page's way to better-auth's own routes under /api/auth. */
export const authClient = createAuthClient({ plugins: [anonymousClient()] });
