import { TRPCError } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import { whileAuthorized } from './while-authorized.ts';

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

async function* greetAndWait(signal: AbortSignal) {
  yield 'hello';
  await untilAborted(signal);
}

describe('whileAuthorized', () => {
  it('ends the stream with the refusal once the check refuses', async () => {
    const refusal = new TRPCError({ code: 'UNAUTHORIZED' });
    const authorize = () => Promise.reject(refusal);
    const stream = whileAuthorized({ authorize, everyMs: 1, signal: undefined }, greetAndWait);
    expect(await stream.next()).toEqual({ value: 'hello', done: false });
    await expect(stream.next()).rejects.toBe(refusal);
  });

  it('goes on when the check itself has trouble', async () => {
    const client = new AbortController();
    let checks = 0;
    const authorize = async () => {
      checks += 1;
      if (checks === 3) client.abort();
      throw new Error('database away');
    };
    const stream = whileAuthorized({ authorize, everyMs: 1, signal: client.signal }, greetAndWait);
    await stream.next();
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    expect(checks).toBe(3);
  });
});
