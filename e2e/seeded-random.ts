import { createRandom, type Random } from '#server/testing/seeded-random';

/** The seed of this run; set E2E_SEED to the one a failed run printed to repeat its choices. */
export const seed = Number(process.env.E2E_SEED ?? Date.now() % 2 ** 31);

/** The same numbers for the same seed. */
export const createSeededRandom = (): Random => createRandom(seed);
