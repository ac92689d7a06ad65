import { describe, expect, it } from 'vitest';
import { readKillAt } from './orders.ts';

describe('readKillAt', () => {
  it('reads the point and its passing, the first unless told', () => {
    expect(readKillAt('after-claim:2')).toEqual({ point: 'after-claim', passing: 2 });
    expect(readKillAt('before-settle')).toEqual({ point: 'before-settle', passing: 1 });
  });

  it('refuses a point that nobody passes', () => {
    expect(() => readKillAt('somewhere:1')).toThrow('there is no race point "somewhere"');
  });
});
