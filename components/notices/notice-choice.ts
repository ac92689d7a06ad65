'use client';

import { useSyncExternalStore } from 'react';
import { createBrowserChoice } from '#components/ui/browser-choice.ts';

/** impossible: not in this browser; unasked: nobody has chosen yet; off also where the browser does not allow it (any more). */
export type NoticeChoice = 'impossible' | 'unasked' | 'off' | 'on';

const { read, keep, subscribe } = createBrowserChoice('holdfast.notices');

/** Whether a person wants to be told of long answers that end; kept for this browser, like the browser's permission. */
export function useNoticeChoice(): NoticeChoice {
  return useSyncExternalStore(subscribe, readChoice, () => 'impossible');
}

/**
 * Lets the browser ask the person. To be called by an act of theirs only.
 *
 * @returns its answer; `default` when they have put the question away
 */
export async function switchNoticesOn(): Promise<NotificationPermission> {
  const permission = await Notification.requestPermission();
  keep(permission === 'granted' ? 'on' : 'off');
  return permission;
}

export const switchNoticesOff = () => keep('off');

function readChoice(): NoticeChoice {
  if (!canNotify()) return 'impossible';
  const kept = read();
  if (kept === 'on' && Notification.permission === 'granted') return 'on';
  return kept === null && Notification.permission !== 'denied' ? 'unasked' : 'off';
}

/** Phones have the class and refuse to make one: theirs come from a service worker, and their hidden tabs stand still. */
function canNotify(): boolean {
  return 'Notification' in window && 'locks' in navigator && !/Android|iPhone|iPad/.test(navigator.userAgent);
}
