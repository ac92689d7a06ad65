import { describe, expect, it } from 'vitest';
import { decideRescue } from './retry-policy.ts';

describe('decideRescue', () => {
  it.each([
    [{ stopRequested: true, attempt: 1 }, 'aborted'],
    [{ stopRequested: true, attempt: 9 }, 'aborted'],
    [{ stopRequested: false, attempt: 1 }, 'ring'],
    [{ stopRequested: false, attempt: 2 }, 'ring'],
    [{ stopRequested: false, attempt: 3 }, 'failed'],
  ])('makes %o %s when three attempts are allowed', (run, expected) => {
    const decision = decideRescue(run, 3);
    expect(decision.kind === 'settle' ? decision.outcome.kind : decision.kind).toBe(expected);
  });
});
