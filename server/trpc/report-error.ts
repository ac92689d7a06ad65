import type { TRPCError } from '@trpc/server';
import type { Logger } from 'pino';
import { errorIdOf, isInternal } from './errors.ts';

/** tRPC's onError: what a client gets as "something went wrong" is in the log with all we know, under the same id. */
export function reportError(log: Logger) {
  return ({ error, path, type }: { error: TRPCError; path: string | undefined; type: string }): void => {
    if (!isInternal(error)) return log.debug({ code: error.code, path, type }, 'call refused');
    log.error({ err: error.cause ?? error, errorId: errorIdOf(error), path, type }, 'call failed');
  };
}
