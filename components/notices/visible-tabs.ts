const lockName = 'holdfast.visible-tab';

/** Lets the other tabs of this browser know while this one is visible. Returns the way to end it. */
export function tellVisibility(): () => void {
  let hide: (() => void) | null = null;
  const look = () => {
    const isVisible = document.visibilityState === 'visible';
    if (isVisible === (hide !== null)) return;
    hide?.();
    hide = isVisible ? holdLock() : null;
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    hide?.();
  };
}

/** Whether any tab is visible. Of a tab that crashed or was closed nothing is left. */
export async function isAnyTabVisible(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === lockName);
}

/** Many hold it at once. */
function holdLock(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  void navigator.locks.request(lockName, { mode: 'shared' }, () => promise);
  return resolve;
}
