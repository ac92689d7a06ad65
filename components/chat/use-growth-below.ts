'use client';

import { useEffect, useState, type RefObject } from 'react';

/** Whether the last message, or what comes after it, has been written on since this was mounted. */
export function useGrowthBelow(content: Readonly<RefObject<HTMLElement | null>>): boolean {
  const [hasGrown, setHasGrown] = useState(false);
  useEffect(() => {
    if (hasGrown || !content.current) return;
    const end = () => content.current?.lastElementChild;
    const [last, length] = [end(), end()?.textContent.length];
    const look = () => {
      if (end() !== last || end()?.textContent.length !== length) setHasGrown(true);
    };
    const observer = new MutationObserver(look);
    observer.observe(content.current, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [content, hasGrown]);
  return hasGrown;
}
