export type BrowserChoice = {
  /** null until somebody has chosen */
  read: () => string | null;
  keep: (choice: string) => void;
  /** Hear of every change, in other tabs too. Returns the way out. */
  subscribe: (listener: () => void) => () => void;
};

/** What a person has chosen in this browser, for all its tabs. Made for useSyncExternalStore. */
export function createBrowserChoice(key: string): BrowserChoice {
  const listeners = new Set<() => void>();
  return {
    read: () => localStorage.getItem(key),
    keep(choice) {
      localStorage.setItem(key, choice);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      addEventListener('storage', listener);
      return () => {
        listeners.delete(listener);
        removeEventListener('storage', listener);
      };
    },
  };
}
