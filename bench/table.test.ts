import { describe, expect, it } from 'vitest';
import type { Measured } from './measure-answers.ts';
import { formatTable } from './table.ts';

describe('formatTable', () => {
  it('shows what was measured, a dash for what was not, and the budget with its verdict', () => {
    const measured: Measured = new Map([
      ['WebSocket', [12]],
      ['floor', [2]],
    ]);
    const [, , within, beyond] = formatTable([
      { title: 'within', measured, budget: { ms: 25, of: 'p50', overFloor: true } },
      { title: 'beyond', measured, budget: { ms: 11, of: 'p95', overFloor: false } },
    ]).split('\n');
    expect(within).toMatch(/^within +12\.0 \/ 12\.0 +– +2\.00 \/ 2\.00 +≤ 25 p50 over the floor +10\.0 ✓$/);
    expect(beyond).toMatch(/≤ 11 p95 +12\.0 ✗$/);
  });
});
