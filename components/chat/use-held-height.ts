'use client';

import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * While an answer is written it grows and never shrinks: a tool's card that closes and a step that is written anew leave
 * their room to what comes next, and nothing jumps.
 */
export function useHeldHeight(isWriting: boolean): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
  // After every rendering: whatever was shown may have grown.
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    current.style.minHeight = isWriting ? `${current.offsetHeight}px` : '';
  });
  return element;
}
