'use client';

import { useEffect, useState } from 'react';

/** True once `value` has been true for `holdMs` without a break; false at once when it is not. */
export function useHeld(value: boolean, holdMs: number): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!value) return;
    const timer = setTimeout(() => setHeld(true), holdMs);
    return () => {
      clearTimeout(timer);
      setHeld(false);
    };
  }, [value, holdMs]);
  return value && held;
}
