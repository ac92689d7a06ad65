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

/** The sentence a person reads. */
export function sentenceFor(reason: ApiErrorReason): string {
  return sentences[reason];
}

const transientReasons = new Set<ApiErrorReason>(['UNREACHABLE', 'UNAVAILABLE', 'INTERNAL', 'RATE_LIMITED']);

const sentences: Record<ApiErrorReason, string> = {
  RUN_ACTIVE: 'An answer is still being written in this chat.',
  MESSAGE_CONFLICT: 'This message was already sent with other words.',
  NOT_FOUND: 'This chat no longer exists.',
  UNAUTHORIZED: 'You have been signed out.',
  FORBIDDEN: 'You may not do that in this chat.',
  RATE_LIMITED: 'That was too fast. Wait a moment and retry.',
  BAD_REQUEST: 'The server did not accept this.',
  UNAVAILABLE: 'The server has a problem right now.',
  INTERNAL: 'Something went wrong on our side.',
  UNREACHABLE: 'The server cannot be reached.',
};
