import { type Logger, pino } from 'pino';

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
    redact: { paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]), remove: true },
  });
}
