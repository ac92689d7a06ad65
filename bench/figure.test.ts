import { describe, expect, it } from 'vitest';
import { type Aim, type Figure, isMet, spreadOf } from './figure.ts';

describe('spreadOf', () => {
  it('takes the middle of an odd number of rounds, between the two middles of an even one', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 });
    expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 });
    expect(spreadOf([5])).toEqual({ median: 5, least: 5, most: 5 });
  });
});

describe('isMet', () => {
  const figure: Figure = { title: 'x', unit: 'ms', ours: spreadOf([12]), floor: spreadOf([10]), aims: [] };
  const cases: [Aim['kind'], number, number][] = [
    ['atMost', 12, 11.9],
    ['atLeast', 12, 12.1],
    ['overFloor', 2, 1.9],
    ['timesFloor', 1.2, 1.1],
    ['atLeastTimesFloor', 1.2, 1.3],
  ];
  it.each(cases)('%s', (kind, met, missed) => {
    expect(isMet(figure, { kind, value: met })).toBe(true);
    expect(isMet(figure, { kind, value: missed })).toBe(false);
  });

  it('compares with no floor that is not there', () => {
    expect(() => isMet({ ...figure, floor: null }, { kind: 'overFloor', value: 1 })).toThrow('no floor');
  });
});
