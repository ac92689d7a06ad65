import { describe, expect, it } from 'vitest';
import { createRandom } from './seeded-random.ts';

describe('createRandom', () => {
  it('stays within its bounds and reaches all of them', () => {
    const random = createRandom(1);
    const drawn = Array.from({ length: 1_000 }, () => random(3, 7));
    expect(new Set(drawn)).toEqual(new Set([3, 4, 5, 6, 7]));
  });

  it('says the same for the same seed and something else for another', () => {
    const drawn = [42, 42, 43].map((seed) => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random(0, 1_000));
    });
    expect(drawn[1]).toEqual(drawn[0]);
    expect(drawn[2]).not.toEqual(drawn[0]);
  });
});
