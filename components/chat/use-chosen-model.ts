'use client';

import { useSyncExternalStore } from 'react';
import { createBrowserChoice } from '#components/ui/browser-choice.ts';

const { read, keep, subscribe } = createBrowserChoice('holdfast.model');

/** The model chosen in this browser; the first of the list while none of it was. */
export function useChosenModel(models: readonly { id: string }[]) {
  const remembered = useSyncExternalStore(subscribe, read, () => null);
  const chosen = models.find(({ id }) => id === remembered) ?? models[0];
  return [chosen?.id, keep] as const;
}
