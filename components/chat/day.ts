/** Where the browser's time zone is kept, for the server's rendering to know what "today" is. */
export const timeZoneCookie = 'time-zone';

/** A day somewhere: the calendar day (2026-11-25) and the time zone (Europe/Berlin). */
export type Clock = { today: string; timeZone: string };

/** The calendar day of an instant. @throws RangeError for an unknown time zone */
export function dayOf(instant: string | Date, timeZone: string): string {
  let format = formats.get(timeZone);
  // Making one takes longer than using it a hundred times.
  if (!format) formats.set(timeZone, (format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })));
  return format.format(new Date(instant));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day it is in a time zone; in UTC where there is none of that name. */
export function readClock(timeZone: string | undefined): Clock {
  try {
    return { today: dayOf(new Date(), timeZone ?? 'UTC'), timeZone: timeZone ?? 'UTC' };
  } catch {
    return { today: dayOf(new Date(), 'UTC'), timeZone: 'UTC' };
  }
}
