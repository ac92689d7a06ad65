import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createOutageGrace } from './outage-grace.ts';

describe('createOutageGrace', () => {
  it('keeps sweeps from judging anybody for a while after each failure', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const grace = createOutageGrace();
    const sweep = grace.heed(async () => 3);
    expect(await sweep()).toBe(3);
    grace.noteFailure();
    expect(await sweep()).toBe(0);
    vi.advanceTimersByTime(9_000);
    grace.noteFailure();
    vi.advanceTimersByTime(9_000);
    expect(await sweep()).toBe(0);
    vi.advanceTimersByTime(2_000);
    expect(await sweep()).toBe(3);
  });
});
