'use client';

import { useEffect, useRef, useState } from 'react';

/** The first focus inside of a dialog may come before it is known to be inside: the place before that one counts. */
const placesKept = 3;

/**
 * For a dialog without a trigger of its own: when it closes, the focus goes where it was last outside of it.
 *
 * @returns ref: of the dialog's content; giveBack: to be called when it closes
 */
export function useFocusReturn() {
  const ref = useRef<HTMLDivElement>(null);
  const [opener] = useState(() => (typeof document === 'undefined' ? null : lastingPlace(document.activeElement)));
  const places = useRef([opener]);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || ref.current?.contains(target)) return;
      places.current = [...places.current, lastingPlace(target)].slice(-placesKept);
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  const giveBack = (event: Event) => {
    event.preventDefault();
    places.current.findLast((place) => place?.isConnected)?.focus();
  };
  return { ref, giveBack };
}

/** A menu is gone when the dialog that it opened closes; its button is still there. */
function lastingPlace(element: Element | null): HTMLElement | null {
  const buttonId = element?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const place = buttonId ? document.getElementById(buttonId) : element;
  return place instanceof HTMLElement ? place : null;
}
