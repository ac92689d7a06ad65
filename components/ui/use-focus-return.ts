'use client';

import { useEffect, useRef, useState } from 'react';

/** For a dialog without a trigger of its own: when it closes, the focus goes where it was last outside of it. */
export function useFocusReturn() {
  const ref = useRef<HTMLDivElement>(null);
  const [opener] = useState(() => (typeof document === 'undefined' ? null : lastingPlace(document.activeElement)));
  const outside = useRef(opener);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (target instanceof Element && !ref.current?.contains(target)) outside.current = lastingPlace(target);
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  const onCloseAutoFocus = (event: Event) => {
    event.preventDefault();
    outside.current?.focus();
  };
  return { ref, onCloseAutoFocus };
}

/** A menu is gone when the dialog that it opened closes; its button is still there. */
function lastingPlace(element: Element | null): HTMLElement | null {
  const buttonId = element?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const place = buttonId ? document.getElementById(buttonId) : element;
  return place instanceof HTMLElement ? place : null;
}
