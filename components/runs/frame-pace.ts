/** Calls back before a paint; returns the way to cancel. */
export type Schedule = (callback: () => void) => () => void;

/**
 * Before the next paint, or when the tab is shown again, but no sooner than `gapMs` after the last time: what is
 * painted more often than a reader can tell is taken from the time for their keys.
 */
export function createFramePace(gapMs: number): Schedule {
  let lastAt = -Infinity;
  return (callback) => {
    let cancel: () => void;
    const paint = () => {
      const frame = requestAnimationFrame(() => {
        lastAt = performance.now();
        callback();
      });
      cancel = () => cancelAnimationFrame(frame);
    };
    const remainingMs = lastAt + gapMs - performance.now();
    if (remainingMs > 0) {
      const timer = setTimeout(paint, remainingMs);
      cancel = () => clearTimeout(timer);
    } else {
      paint();
    }
    return () => cancel();
  };
}
