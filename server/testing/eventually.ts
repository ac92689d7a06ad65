import { setTimeout as delay } from 'node:timers/promises';

/**
 * Wait until `read` gives something. For what the database alone can tell; where there is a signal, await the signal.
 *
 * @throws after `ms`, ten seconds unless told, with what it was waiting for
 */
export async function eventually<T>(
  what: string,
  read: () => Promise<T | null | undefined | false>,
  ms = 10_000,
): Promise<T> {
  const deadline = performance.now() + ms;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await delay(10);
  }
}
