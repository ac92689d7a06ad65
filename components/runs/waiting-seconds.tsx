'use client';

import { useEffect, useState } from 'react';
import { useSay } from '#components/words/words-context';
import type { RunView } from '#domain/run-view';

/** A wait that is shorter is not worth a number. */
const shownFromSeconds = 3;

export type WaitingSecondsProps = {
  run: Pick<RunView, 'createdAt' | 'readAt'>;
  /** it counts on while something else is to be said */
  isShown: boolean;
};

/**
 * How long a run has been waiting, for the eye alone: read out, it would say a number each second. Until it was read the
 * database's clock counts, from then on this page's; what either of them says the time is does not matter. To be keyed by
 * the run.
 */
export function WaitingSeconds({ run: { createdAt, readAt }, isShown }: WaitingSecondsProps) {
  const say = useSay();
  const waitedMs = Date.parse(readAt) - Date.parse(createdAt);
  const [seconds, setSeconds] = useState(() => toSeconds(waitedMs));
  useEffect(() => {
    const beganAtMs = performance.now() - waitedMs;
    // The way of the news took a moment, too: the number does not go back for that.
    const count = () => setSeconds((known) => Math.max(known, toSeconds(performance.now() - beganAtMs)));
    count();
    const timer = setInterval(count, 1_000);
    return () => clearInterval(timer);
  }, [waitedMs]);
  if (!isShown || seconds < shownFromSeconds) return null;
  return (
    <span aria-hidden className="text-muted-foreground tabular-nums">
      {say('status.seconds', { count: seconds })}
    </span>
  );
}

const toSeconds = (ms: number) => Math.floor(ms / 1_000);
