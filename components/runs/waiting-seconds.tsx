'use client';

import { useEffect, useState } from 'react';
import { useSay } from '#components/words/words-context';

/** A wait that is shorter is not worth a number. */
const shownFromSeconds = 3;

/** How long this page has been waiting, for the eye alone: read out, it would say a number each second. */
export function WaitingSeconds() {
  const say = useSay();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const startedAtMs = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - startedAtMs) / 1_000)), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (seconds < shownFromSeconds) return null;
  return (
    <span aria-hidden className="text-muted-foreground tabular-nums">
      {say('status.seconds', { count: seconds })}
    </span>
  );
}
