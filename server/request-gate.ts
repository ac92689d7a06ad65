/**
 * Which requests are let in. Host: a page of another name that resolves to us must not pass for ours (DNS rebinding).
 * Origin: what changes something, or opens a WebSocket, must come from our own pages or from no page at all.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { maxFileBytes } from '#domain/file-limits';
import { type FileRefusalCode, fileRefusals } from '#domain/file-refusal';
import { addressHeader } from './caller.ts';
import { allowedOrigins, type Env } from './env.ts';

export type GatedRequest = {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  isUpgrade: boolean;
};

export type Refusal = { status: 403 | 411 | 413; message: string; reason?: FileRefusalCode };

/** The largest call of the API, whichever way it comes. */
export const maxBodyBytes = 4_194_304;
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @returns a function that says why a request is refused; null lets it in */
export function createRequestGate(
  env: Pick<Env, 'PUBLIC_URL' | 'HOST' | 'PORT'>,
): (request: GatedRequest) => Refusal | null {
  const allowed = allowedOrigins(env);
  const hosts = new Set(allowed.map((url) => url.host));
  const origins = new Set(allowed.map((url) => url.origin));
  return ({ method = 'GET', url = '/', headers, isUpgrade }) => {
    // Probes know a process by its address, and there is nothing to learn or to change.
    if (/^\/api\/health(\/live)?$/.test(url)) return null;
    if (!hosts.has(headers.host?.toLowerCase() ?? '')) {
      return { status: 403, message: 'This server does not go by that name. Its own is set by PUBLIC_URL.' };
    }
    if (!isUpgrade && safeMethods.has(method)) return null;
    if (headers.origin !== undefined && !origins.has(headers.origin)) {
      return { status: 403, message: 'This server does not take requests from that origin.' };
    }
    return checkBody(headers, /^\/api\/files(\?|$)/.test(url));
  };
}

function checkBody(headers: IncomingHttpHeaders, isFile: boolean): Refusal | null {
  if (headers['transfer-encoding'] !== undefined) return { status: 411, message: 'Send a Content-Length.' };
  if (Number(headers['content-length'] ?? 0) <= (isFile ? maxFileBytes : maxBodyBytes)) return null;
  if (isFile) return { ...fileRefusals.FILE_TOO_LARGE, reason: 'FILE_TOO_LARGE' };
  return { status: 413, message: 'The request is too large.' };
}

/**
 * Rewrite the headers that say where a request comes from, so that whatever reads them later may believe them: with a
 * trusted proxy its own words, else only what the connection itself says.
 */
export function settleForwarding(
  headers: IncomingHttpHeaders,
  { trustProxy, remoteAddress }: { trustProxy: boolean; remoteAddress: string | undefined },
): void {
  const forwardedFor = String(headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim();
  const forwardedHost = headers['x-forwarded-host'];
  if (trustProxy) {
    if (typeof forwardedHost === 'string') headers.host = forwardedHost;
  } else {
    for (const name of Object.keys(headers)) {
      if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete headers[name];
    }
  }
  headers[addressHeader] = (trustProxy && forwardedFor) || remoteAddress || '';
}
