import { TRPCError } from '@trpc/server';

/** What was read, or null where the caller has no session. */
export async function whenSignedIn<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'UNAUTHORIZED') return null;
    throw error;
  }
}
