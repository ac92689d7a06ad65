'use client';

import { useHeld } from './use-held.ts';

/** A loss of connection shorter than this is nobody's business. */
const unnoticedLossMs = 1_000;

/** Whether live events have been missing for longer than a blink. */
export function useDisconnected(connected: boolean): boolean {
  return useHeld(!connected, unnoticedLossMs);
}
