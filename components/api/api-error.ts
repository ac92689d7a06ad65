import { TRPCClientError, type TRPCClientErrorLike } from '@trpc/client';
import type { AppRouter } from '#server/trpc/router';

/** Why a call failed: the server's own reason, or that no answer of it came back. */
export type ApiErrorReason = NonNullable<TRPCClientErrorLike<AppRouter>['data']>['reason'] | 'UNREACHABLE';

/** The reason of a failed call; UNREACHABLE when no answer of our server came back. */
export function reasonOf(error: unknown): ApiErrorReason {
  const data = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data : null;
  return data?.reason ?? 'UNREACHABLE';
}

/** Whether the same call may succeed later without a change. */
export function isTransient(error: unknown): boolean {
  return transientReasons.has(reasonOf(error));
}

const transientReasons = new Set<ApiErrorReason>(['UNREACHABLE', 'UNAVAILABLE', 'INTERNAL', 'RATE_LIMITED']);
