import { describe, expect, it } from 'vitest';
import { spreadOf } from './figure.ts';
import { formatFigures } from './table.ts';

describe('formatFigures', () => {
  it('shows the median with the spread of the rounds, the floor, the ratio, and each aim with its verdict', () => {
    const [, , ...lines] = formatFigures([
      {
        title: 'word',
        unit: 'ms',
        ours: spreadOf([4, 3, 14]),
        floor: spreadOf([2]),
        aims: [
          { kind: 'overFloor', value: 2 },
          { kind: 'timesFloor', value: 1.5 },
        ],
      },
      { title: 'runs', unit: 'runs', ours: spreadOf([1250]), floor: null, aims: [{ kind: 'atLeast', value: 1000 }] },
    ]).split('\n');
    expect(lines[0]).toMatch(/^word +4\.00 ms \(3\.00–14\.0\) +2\.00 ms +× 2\.00 +≤ floor \+ 2 ms, ≤ floor × 1\.5 +✓ ✗$/);
    expect(lines[1]).toMatch(/^runs +1250 runs +– +≥ 1000 runs +✓$/);
  });
});
