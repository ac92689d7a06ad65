'use client';

import { useSyncExternalStore } from 'react';

const key = 'holdfast.plain-keys';
const listeners = new Set<() => void>();

/** Whether keys without Control do something: whoever dictates or hits keys by accident can switch that off. */
export const arePlainKeysOn = () => localStorage.getItem(key) !== 'off';

export function usePlainKeys() {
  return [useSyncExternalStore(subscribe, arePlainKeysOn, () => true), switchPlainKeys] as const;
}

function switchPlainKeys(on: boolean): void {
  if (on) localStorage.removeItem(key);
  else localStorage.setItem(key, 'off');
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
