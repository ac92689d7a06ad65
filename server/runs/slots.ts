/** A counting semaphore: as many runs at once as the worker has slots; whoever waits longest goes first. */
export type Slots = { take(): Promise<void>; give(): void };

/** @param count of slots, all free */
export function createSlots(count: number): Slots {
  let free = count;
  const waiting: Array<() => void> = [];
  return {
    take: () => {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise<void>((resolve) => waiting.push(resolve));
    },
    give: () => {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
