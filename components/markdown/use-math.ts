'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { PluginConfig } from 'streamdown';
import { createObservableValue } from '#components/api/observable-value.ts';
import { mayHoldMath, toDollarMath } from './dollar-math.ts';

/** Known once the first formula has asked for it. */
const plugins = createObservableValue<PluginConfig | undefined>(undefined);
let loading: Promise<void> | undefined;

function load(): void {
  loading ??= import('./math.ts').then(
    ({ math }) => plugins.set({ math }),
    // The formulas stay as they were written; the next one asks again.
    () => {
      loading = undefined;
    },
  );
}

const subscribe = (listener: () => void) => plugins.subscribe(listener);
const getPlugins = () => plugins.get();

/** What renders the formulas of a text, and the text as it wants it. Until it is loaded, and on the server, neither. */
export function useMath(text: string): { plugins: PluginConfig | undefined; text: string } {
  const known = useSyncExternalStore(subscribe, getPlugins, () => undefined);
  const isNeeded = mayHoldMath(text);
  useEffect(() => {
    if (isNeeded) load();
  }, [isNeeded]);
  const isReady = isNeeded && known !== undefined;
  const shown = useMemo(() => (isReady ? toDollarMath(text) : text), [isReady, text]);
  return { plugins: isReady ? known : undefined, text: shown };
}
