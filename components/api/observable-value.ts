/** A value that several parts of the page watch. */
export type ObservableValue<T> = {
  get(): T;
  set(next: T): void;
  /** Calls `listener` after each change; returns the way to end that. */
  subscribe(listener: () => void): () => void;
};

export function createObservableValue<T>(initial: T): ObservableValue<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
