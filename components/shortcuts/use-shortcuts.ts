'use client';

import { useEffect, useRef } from 'react';
import { arePlainKeysOn } from './plain-keys.ts';
import { fits, isPlain, type Shortcut, type ShortcutName, shortcuts } from './shortcuts.ts';
import { isMac } from './use-is-mac.ts';

/** Two presses that belong together come within this. */
const twiceWithinMs = 700;

export type ShortcutActions = Partial<Record<ShortcutName, () => void>>;

/** Listens for the keys of the table and does what is given for them; the latest actions count. */
export function useShortcuts(actions: ShortcutActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    let before: { name: string; at: number } | null = null;
    const hear = (event: KeyboardEvent) => {
      const name = event.defaultPrevented || event.isComposing ? undefined : findName(event, latest.current);
      const isSecond = before !== null && before.name === name && event.timeStamp - before.at < twiceWithinMs;
      before = name !== undefined && !isSecond && !event.repeat ? { name, at: event.timeStamp } : null;
      const shortcut: Shortcut | undefined = name && shortcuts[name];
      if (!name || !shortcut || (shortcut.twice && !isSecond)) return;
      event.preventDefault();
      latest.current[name]?.();
    };
    // After whatever has the focus, which may take the key for itself.
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}

function findName(event: KeyboardEvent, actions: ShortcutActions): ShortcutName | undefined {
  const name = (Object.keys(actions) as ShortcutName[]).find((each) => fits(shortcuts[each], event, isMac()));
  if (!name) return undefined;
  if (isPlain(shortcuts[name]) && (isTyping(event.target) || !arePlainKeysOn())) return undefined;
  // What is open has its own keys; the palette's opens and closes it.
  return name === 'palette' || !document.querySelector('[role=dialog], [role=menu]') ? name : undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
