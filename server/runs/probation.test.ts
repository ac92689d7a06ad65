import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ClaimedRun } from './claim.ts';
import { createProbation } from './probation.ts';

const claimed = (id: string, attempt: number, longestAttemptSeconds = 10) =>
  ({ run: { id, attempt }, longestAttemptSeconds }) as ClaimedRun;

function start(maxAttempts = 3) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const freed: string[] = [];
  const cleared: string[] = [];
  const probation = createProbation({
    maxAttempts,
    onFree: (runId) => freed.push(runId),
    onCleared: ({ run }) => cleared.push(run.id),
  });
  return { probation, freed, cleared, pass: (seconds: number) => vi.advanceTimersByTime(seconds * 1_000) };
}

describe('createProbation', () => {
  it('admits one run on its last attempt at a time, and any number of others', () => {
    const { probation } = start();
    expect(probation.belowAttempt).toBeUndefined();
    expect(probation.admit(claimed('a', 3))).toBe(true);
    expect(probation.belowAttempt).toBe(3);
    expect(probation.admit(claimed('b', 3))).toBe(false);
    expect(probation.admit(claimed('c', 2))).toBe(true);
  });

  it('clears a run that has lived clearly longer than before, and looks at those that waited', () => {
    const { probation, freed, cleared, pass } = start();
    probation.admit(claimed('a', 3, 10));
    probation.defer('b');
    pass(14);
    expect([freed, cleared]).toEqual([[], []]);
    pass(2);
    expect([freed, cleared]).toEqual([['b'], ['a']]);
    expect(probation.belowAttempt).toBeUndefined();
  });

  it('looks at those that waited when the watched run is over', () => {
    const { probation, freed, cleared, pass } = start();
    const watched = claimed('a', 3);
    probation.admit(watched);
    probation.defer('b');
    probation.end(watched);
    pass(100);
    expect([freed, cleared]).toEqual([['b'], []]);
  });

  it('lets nobody wait for minutes, and still clears only who has lived longer', () => {
    const { probation, freed, cleared, pass } = start();
    probation.admit(claimed('a', 3, 200));
    probation.defer('b');
    pass(61);
    expect([freed, cleared]).toEqual([['b'], []]);
    pass(240);
    expect(cleared).toEqual(['a']);
  });

  it('watches nobody where every first attempt is the last one', () => {
    const { probation } = start(1);
    expect(probation.admit(claimed('a', 1))).toBe(true);
    expect(probation.admit(claimed('b', 1))).toBe(true);
    expect(probation.belowAttempt).toBeUndefined();
  });
});
