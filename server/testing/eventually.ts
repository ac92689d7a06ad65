import { setTimeout as delay } from 'node:timers/promises';

/**
 * Wait until `read` gives something. For what the database alone can tell; where there is a signal, await the signal.
 *
 * @throws after ten seconds, with what it was waiting for
 */
export async function eventually<T>(what: string, read: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await delay(10);
  }
}
