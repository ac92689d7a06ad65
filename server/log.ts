import { type Logger, pino, stdSerializers } from 'pino';
import { printableUrl } from './printable-url.ts';

/** Never in a log line, at the depths where our libraries put them. */
const secretNames = ['authorization', 'connectionString', 'cookie', 'password', 'set-cookie', 'token', 'x-api-key'];

/**
 * JSON lines on stdout.
 *
 * @param part which process speaks: "web", "worker"
 */
export function createLog(part: string, level: string): Logger {
  return pino({
    level,
    base: { part },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: serializeError, url: (url) => (typeof url === 'string' ? printableUrl(url) : undefined) },
    redact: { paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]), remove: true },
  });
}

/** What identifies an error, and no more: some libraries hang whole connections on theirs. */
function serializeError(error: Error & { code?: unknown; constraint?: unknown }) {
  const { type, message, stack } = stdSerializers.err(error);
  return { type, message, stack, code: error.code, constraint: error.constraint };
}
