import { type Logger, pino } from 'pino';

/** Never in a log line, however deep the object that carries them. */
const secretPaths = ['cookie', 'authorization', '["x-api-key"]', '["set-cookie"]', 'password', 'token', 'DATABASE_URL'];

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
    redact: { paths: secretPaths.flatMap((path) => [path, `*${path.startsWith('[') ? '' : '.'}${path}`]), remove: true },
  });
}
