'use client';

import { useSyncExternalStore } from 'react';

export type LocalTimeProps = {
  /** ISO string */
  instant: string;
  language: string;
};

/** A time as the person's clock shows it, with the date when it is not today. The server does not know that clock. */
export function LocalTime({ instant, language }: LocalTimeProps) {
  const isInBrowser = useSyncExternalStore(subscribeToNothing, () => true, () => false);
  return (
    <time className="min-w-9 tabular-nums" dateTime={instant}>
      {isInBrowser && formatTime(new Date(instant), language)}
    </time>
  );
}

const subscribeToNothing = () => () => undefined;

function formatTime(time: Date, language: string): string {
  const isToday = time.toDateString() === new Date().toDateString();
  const dateStyle = isToday ? undefined : ('medium' as const);
  return new Intl.DateTimeFormat(language, { timeStyle: 'short', ...(dateStyle && { dateStyle }) }).format(time);
}
