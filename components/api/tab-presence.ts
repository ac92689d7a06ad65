import { createObservableValue, type ObservableValue } from './observable-value.ts';

/** A tab hidden this long drops its live connections. */
const hiddenTabKeepsConnectionMs = 30_000;

const conditions = new Set<() => boolean>();

/** While the condition holds, this tab keeps its live connections though it is hidden. Returns the way to end that. */
export function keepConnectedWhile(condition: () => boolean): () => void {
  conditions.add(condition);
  return () => void conditions.delete(condition);
}

/** Whether this tab is looked at or waited for: true while it is visible, for a while after, and as long as asked. */
export function watchTabPresence(): ObservableValue<boolean> {
  const present = createObservableValue(true);
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const leaveLater = () => void (leaving = setTimeout(leave, hiddenTabKeepsConnectionMs));
  const leave = () => {
    if ([...conditions].some((holds) => holds())) leaveLater();
    else present.set(false);
  };
  const look = () => {
    clearTimeout(leaving);
    if (document.visibilityState === 'visible') present.set(true);
    else leaveLater();
  };
  document.addEventListener('visibilitychange', look);
  // A page that comes back from the back/forward cache has lost its connections without being told.
  addEventListener('pagehide', (event) => event.persisted && present.set(false));
  addEventListener('pageshow', look);
  look();
  return present;
}
