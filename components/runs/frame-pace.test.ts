import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFramePace } from './frame-pace.ts';

const frameMs = 16;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback, frameMs));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('createFramePace', () => {
  it('takes the next frame where the last time is long ago', () => {
    const schedule = createFramePace(40);
    const paint = vi.fn();
    schedule(paint);
    vi.advanceTimersByTime(frameMs);
    expect(paint).toHaveBeenCalledOnce();
  });

  it('leaves out the frames that come too soon after the last time', () => {
    const schedule = createFramePace(40);
    const paint = vi.fn();
    schedule(paint);
    vi.advanceTimersByTime(frameMs);
    schedule(paint);
    vi.advanceTimersByTime(40);
    expect(paint).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(frameMs);
    expect(paint).toHaveBeenCalledTimes(2);
  });

  it('is cancelled while it waits for its time and while it waits for a frame', () => {
    const schedule = createFramePace(40);
    const paint = vi.fn();
    schedule(() => undefined);
    vi.advanceTimersByTime(frameMs);
    schedule(paint)();
    const cancel = schedule(paint);
    vi.advanceTimersByTime(40);
    cancel();
    vi.runAllTimers();
    expect(paint).not.toHaveBeenCalled();
  });
});
