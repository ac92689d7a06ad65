'use client';

import { use, useEffect, useSyncExternalStore } from 'react';
import { keepChoice } from '#components/ui/choice-cookie.ts';
import { type Clock, readClock, timeZoneCookie } from './day.ts';
import { ShellContext } from './shell-context.ts';

/**
 * The day it is for the person. While the server's HTML comes alive it is the day the server took it for (it knows the
 * time zone of an earlier visit), then the browser's, from midnight on the next one.
 */
export function useClock(): Clock {
  const { clock } = use(ShellContext);
  const key = useSyncExternalStore(subscribe, readKey, () => toKey(clock));
  const [today = '', timeZone = ''] = key.split(' ');
  useEffect(() => {
    if (timeZone !== clock.timeZone) keepChoice(timeZoneCookie, timeZone);
  }, [clock, timeZone]);
  return { today, timeZone };
}

const toKey = ({ today, timeZone }: Clock) => `${today} ${timeZone}`;
const readKey = () => toKey(readClock(Intl.DateTimeFormat().resolvedOptions().timeZone));

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, 60_000);
  document.addEventListener('visibilitychange', listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', listener);
  };
}
