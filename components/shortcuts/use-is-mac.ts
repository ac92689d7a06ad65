'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

export const isMac = () => /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** Whether the keys are those of a Mac; the server takes them for the others. */
export const useIsMac = () => useSyncExternalStore(never, isMac, () => false);
