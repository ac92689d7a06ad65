/** The seed of this run; set E2E_SEED to the one a failed run printed to repeat its choices. */
export const seed = Number(process.env.E2E_SEED ?? Date.now() % 2 ** 31);

/** Whole numbers from `least` to `most`, the same for the same seed (mulberry32). */
export function createRandom(from: number = seed): (least: number, most: number) => number {
  let state = from;
  return (least, most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) % (most - least + 1));
  };
}
