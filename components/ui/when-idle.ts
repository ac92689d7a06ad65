/** Longer than this nothing waits for a page that is never idle. */
const atLatestMs = 1_000;

/** Call back once the page has nothing else to do. Returns the way to cancel. */
export function whenIdle(callback: () => void): () => void {
  // Not every browser has it.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(callback, 50);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(callback, { timeout: atLatestMs });
  return () => cancelIdleCallback(idle);
}
