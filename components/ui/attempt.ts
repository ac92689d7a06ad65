/** For the browser's storage: full, switched off or with another version's data it must not take the page down. */
export function attempt<T>(operation: () => T): T | undefined {
  try {
    return operation();
  } catch {
    return undefined;
  }
}
