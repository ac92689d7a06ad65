import { TRPCError } from '@trpc/server';

export type WhileAuthorizedOptions = {
  /** throws a TRPCError once the caller may no longer see the stream */
  authorize: () => Promise<unknown>;
  everyMs: number;
  /** aborts when the client leaves */
  signal: AbortSignal | undefined;
};

/**
 * Run a stream for as long as its caller may see it: a session that ends, ends its streams.
 *
 * @throws the refusal of `authorize`; any other trouble of the check is left to the next one
 */
export async function* whileAuthorized<T>(
  { authorize, everyMs, signal }: WhileAuthorizedOptions,
  open: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const ended = new AbortController();
  let refusal: TRPCError | undefined;
  const timer = setInterval(() => {
    authorize().catch((error: unknown) => {
      if (!(error instanceof TRPCError)) return;
      refusal = error;
      ended.abort();
    });
  }, everyMs);
  try {
    yield* open(signal ? AbortSignal.any([signal, ended.signal]) : ended.signal);
  } catch (error) {
    throw refusal ?? error;
  } finally {
    clearInterval(timer);
  }
  if (refusal) throw refusal;
}
