'use client';

import { useEffect, useState } from 'react';
import { onAnnouncement } from './announce.ts';

/** Long enough to be taken up; who reads on to the end of the page later must not find it there. */
const keptForMs = 5_000;

/** Where screen readers hear what is announced: always there, since a region that comes with its text is not heard. */
export function Announcements() {
  const [{ count, text }, setAnnounced] = useState({ count: 0, text: '' });
  useEffect(() => onAnnouncement((next) => setAnnounced((before) => ({ count: before.count + 1, text: next }))), []);
  useEffect(() => {
    const timer = setTimeout(setAnnounced, keptForMs, { count, text: '' });
    return () => clearTimeout(timer);
  }, [count]);
  return (
    <p aria-live="polite" className="sr-only">
      {/* The same words once more are another announcement. */}
      <span key={count}>{text}</span>
    </p>
  );
}
