import { describe, expect, it } from 'vitest';
import { formatFailures, formatReports } from './report-table.ts';
import type { Report } from './scenario.ts';

const report: Report = {
  id: 'T3',
  title: 'a fault',
  iterations: 2,
  struck: { SIGSTOP: 2, SIGCONT: 1 },
  takeoversMs: [100.4, 300],
  measured: { abort: [7], nothing: [] },
  seconds: 1.25,
  violations: [],
  zombieWrites: 0,
  failures: [],
};

describe('formatReports', () => {
  it('shows counts and quantiles, a dash for what was not measured, by the number of the fault', () => {
    const bare = { ...report, id: 'T10', takeoversMs: [], measured: {} };
    const [, , first, second] = formatReports([bare, report]).split('\n');
    expect(first).toMatch(/^✓ T3 +a fault +2 +2 × SIGSTOP, 1 × SIGCONT +0 +0 +100 \/ 300 +abort 7 \/ 7 +1\.3$/);
    expect(second).toMatch(/^✓ T10 .* 0 +0 +– +– +1\.3$/);
  });

  it('marks a scenario with a violation or a failure', () => {
    const rows = formatReports([{ ...report, violations: ['I4: a zombie'], zombieWrites: 1 }, { ...report, failures: ['late'] }]);
    expect(rows.match(/✗/g)).toHaveLength(2);
    expect(rows).toMatch(/ 1 +1 +100 \/ 300/);
  });
});

describe('formatFailures', () => {
  it('names each thing once', () => {
    const text = formatFailures([{ ...report, violations: ['I4: a zombie'], failures: ['late', 'late'] }]);
    expect(text).toBe('T3 a fault:\n  - I4: a zombie\n  - late');
  });
});
