const listeners = new Set<(text: string) => void>();

/** Has screen readers say something that the page shows in another way, once they have finished their sentence. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

/** Calls back at each announcement. Returns the way to end that. */
export function onAnnouncement(listener: (text: string) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
