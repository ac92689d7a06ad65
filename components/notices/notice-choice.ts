'use client';

import { useSyncExternalStore } from 'react';

/** impossible: not in this browser; unasked: nobody has chosen yet; off also where the browser does not allow it (any more). */
export type NoticeChoice = 'impossible' | 'unasked' | 'off' | 'on';

const key = 'holdfast.notices';
const listeners = new Set<() => void>();

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
  keepChoice(permission === 'granted' ? 'on' : 'off');
  return permission;
}

export const switchNoticesOff = () => keepChoice('off');

function readChoice(): NoticeChoice {
  if (!canNotify()) return 'impossible';
  const kept = localStorage.getItem(key);
  if (kept === 'on' && Notification.permission === 'granted') return 'on';
  return kept === null && Notification.permission !== 'denied' ? 'unasked' : 'off';
}

/** Phones have the class and refuse to make one: theirs come from a service worker, and their hidden tabs stand still. */
function canNotify(): boolean {
  return 'Notification' in window && 'locks' in navigator && !/Android|iPhone|iPad/.test(navigator.userAgent);
}

function keepChoice(choice: 'on' | 'off'): void {
  localStorage.setItem(key, choice);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}
