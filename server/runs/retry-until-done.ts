import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isRefusedData } from './refused-data.ts';

const firstWaitMs = 50;
/** Soon enough to be before the sweeps when the database comes back. */
const maxWaitMs = 500;
/** About ten minutes; the sweeps take over then. */
const maxTries = 1_200;

/**
 * Try until it succeeds: what the database refuses for a moment is kept in memory, not lost. Data that it will never
 * take is not tried again.
 *
 * @param signal gives up
 * @throws the last error, when the database has stayed away for minutes or the signal has aborted
 */
export async function retryUntilDone<T>(work: () => Promise<T>, log: Logger, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === maxTries || signal?.aborted || isRefusedData(error)) throw error;
      log.warn({ err: error, attempt }, 'the database refused, trying again');
      await delay(Math.min(maxWaitMs, firstWaitMs * 2 ** (attempt - 1)), undefined, { ...(signal && { signal }) }).catch(
        () => undefined,
      );
    }
  }
}
