import type { Logger } from 'pino';

const firstWaitMs = 50;
const maxWaitMs = 5_000;
/** About ten minutes; the sweeps take over then. */
const maxTries = 130;

/**
 * Try until it succeeds: a terminal write that the database refused is kept in memory, not lost.
 *
 * @throws the last error, when the database has stayed away for minutes
 */
export async function retryUntilDone<T>(work: () => Promise<T>, log: Logger): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === maxTries) throw error;
      log.warn({ err: error, attempt }, 'could not be written, trying again');
      await new Promise((resolve) => setTimeout(resolve, Math.min(maxWaitMs, firstWaitMs * 2 ** (attempt - 1))));
    }
  }
}
