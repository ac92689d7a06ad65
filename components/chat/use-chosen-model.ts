'use client';

import { useSyncExternalStore } from 'react';

const key = 'holdfast.model';
const listeners = new Set<() => void>();

/** The model chosen in this browser; the first of the list while none of it was. */
export function useChosenModel(models: readonly { id: string }[]) {
  const remembered = useSyncExternalStore(subscribe, readChoice, () => null);
  const chosen = models.find(({ id }) => id === remembered) ?? models[0];
  return [chosen?.id, choose] as const;
}

function choose(id: string): void {
  localStorage.setItem(key, id);
  for (const listener of listeners) listener();
}

function readChoice(): string | null {
  return localStorage.getItem(key);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}
