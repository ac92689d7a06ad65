import { createObservableValue, type ObservableValue } from './observable-value.ts';

/** A tab hidden this long drops its live connections. */
const hiddenTabKeepsConnectionMs = 30_000;

/** Whether somebody may be looking at this tab: true while it is visible and for a while after. */
export function watchTabPresence(): ObservableValue<boolean> {
  const present = createObservableValue(true);
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(leaving);
    if (document.visibilityState === 'visible') present.set(true);
    else leaving = setTimeout(() => present.set(false), hiddenTabKeepsConnectionMs);
  };
  document.addEventListener('visibilitychange', look);
  // A page that comes back from the back/forward cache has lost its connections without being told.
  addEventListener('pagehide', (event) => event.persisted && present.set(false));
  addEventListener('pageshow', look);
  look();
  return present;
}
