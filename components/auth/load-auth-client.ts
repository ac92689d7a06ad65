/** The way to better-auth's routes, for a page that can be used before it has that code. */
export const loadAuthClient = async () => (await import('./auth-client.ts')).authClient;
