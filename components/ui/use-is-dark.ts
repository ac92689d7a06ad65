'use client';

import { useSyncExternalStore } from 'react';

const systemIsDark = '(prefers-color-scheme: dark)';

/** Whether the page is dark, by a person's choice or the system's; for what cannot be drawn from tokens. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark, () => false);
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? matchMedia(systemIsDark).matches : chosen === 'dark';
}

function subscribe(listener: () => void): () => void {
  const system = matchMedia(systemIsDark);
  const choice = new MutationObserver(listener);
  system.addEventListener('change', listener);
  choice.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', listener);
    choice.disconnect();
  };
}
