import { describe, expect, it } from 'vitest';
import { readChaosOptions } from './chaos-options.ts';

describe('readChaosOptions', () => {
  it('reads the form, the scenarios and the seed', () => {
    expect(readChaosOptions(['--long', '--only', 't3, T5', '--seed', '42'])).toEqual({
      form: 'long',
      only: ['T3', 'T5'],
      seed: 42,
    });
  });

  it('plays everything in the short form with a seed of its own unless told', () => {
    const { form, only, seed } = readChaosOptions([]);
    expect({ form, only }).toEqual({ form: 'short', only: null });
    expect(Number.isSafeInteger(seed)).toBe(true);
  });

  it('refuses a seed that is no number, and options that do not exist', () => {
    expect(() => readChaosOptions(['--seed', 'x'])).toThrow('--seed is a whole number, not "x".');
    expect(() => readChaosOptions(['--fast'])).toThrow(/--fast/);
  });
});
