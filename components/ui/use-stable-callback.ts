'use client';

import { useCallback, useLayoutEffect, useRef } from 'react';

/** The same function for the life of the component, so that who is handed it is not rendered again for it. */
export function useStableCallback<Arguments extends unknown[], Result>(
  callback: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  const latest = useRef(callback);
  useLayoutEffect(() => {
    latest.current = callback;
  });
  return useCallback((...args: Arguments) => latest.current(...args), []);
}
