import { randomBytes } from 'node:crypto';

/**
 * The page's Content-Security-Policy, with a fresh nonce for its scripts. Next takes the nonce from the request's
 * header of the same name and puts it on every script it writes.
 *
 * @param isDevelopment Next's hot reload evaluates code
 */
export function createContentPolicy(isDevelopment: boolean): string {
  const nonce = randomBytes(16).toString('base64');
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // Menus, toasts and code highlighting set styles on their elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
