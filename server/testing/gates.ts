/** Named turnstiles. Permits given before anybody waits are kept. */
export type Gates = {
  /** let `count` more through */
  release(name: string, count: number): void;
  /** resolves with the next permit; rejects when the signal aborts */
  pass(name: string, signal: AbortSignal): Promise<void>;
};

/** A set of gates, all closed. */
export function createGates(): Gates {
  const permits = new Map<string, number>();
  const waiting = new Map<string, Set<() => void>>();

  return {
    release(name, count) {
      permits.set(name, (permits.get(name) ?? 0) + count);
      for (const retry of waiting.get(name) ?? []) retry();
    },
    pass(name, signal) {
      return new Promise((resolve, reject) => {
        const line = waiting.get(name) ?? new Set();
        waiting.set(name, line);
        const leave = () => {
          line.delete(attempt);
          signal.removeEventListener('abort', giveUp);
        };
        const giveUp = () => {
          leave();
          reject(signal.reason);
        };
        const attempt = () => {
          const left = permits.get(name) ?? 0;
          if (left === 0) return;
          permits.set(name, left - 1);
          leave();
          resolve();
        };
        signal.addEventListener('abort', giveUp, { once: true });
        line.add(attempt);
        if (signal.aborted) giveUp();
        else attempt();
      });
    },
  };
}
