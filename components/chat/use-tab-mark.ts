'use client';

import { useEffect, useState } from 'react';

/** done: an answer has ended while nobody looked. */
export type TabMark = 'answering' | 'done' | null;

const dots = { answering: '#0e7490', done: '#15803d' };

/** What the tab shows of its chat to those who look at another one; seen is what has been looked at. */
export function useTabMark(busy: boolean): TabMark {
  const [wasBusy, setWasBusy] = useState(busy);
  const [hasNews, setHasNews] = useState(false);
  if (wasBusy !== busy) {
    setWasBusy(busy);
    if (!busy && document.visibilityState === 'hidden') setHasNews(true);
  }
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && setHasNews(false);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  const mark = busy ? 'answering' : hasNews ? 'done' : null;
  useEffect(() => (mark ? markIcon(dots[mark]) : undefined), [mark]);
  return mark;
}

/** Put a dot instead of the icon of the page. @returns the way back */
function markIcon(color: string): (() => void) | undefined {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!icon) return undefined;
  const own = icon.href;
  const dot = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="${color}"/></svg>`;
  icon.href = `data:image/svg+xml,${encodeURIComponent(dot)}`;
  return () => {
    icon.href = own;
  };
}
