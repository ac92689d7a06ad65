import { describe, expect, it } from 'vitest';
import { summarise } from './quantiles.ts';

describe('summarise', () => {
  it('finds the median and the value that one in twenty exceeds, in any order', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(summarise(values)).toEqual({ count: 100, p50: 50, p95: 95 });
  });

  it('says of one value that it is both', () => {
    expect(summarise([7])).toEqual({ count: 1, p50: 7, p95: 7 });
  });
});
