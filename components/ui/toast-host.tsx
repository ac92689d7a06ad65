'use client';

import { type CSSProperties, useEffect } from 'react';
import { toast, Toaster } from 'sonner';
import { onToastOrder, takeToastOrders } from './toast.ts';
import { useIsDark } from './use-is-dark.ts';

const look = {
  '--normal-bg': 'var(--card)',
  '--normal-text': 'var(--foreground)',
  '--normal-border': 'var(--border-strong)',
  '--border-radius': 'var(--radius-lg)',
  fontFamily: 'inherit',
} as CSSProperties;

/** Shows what is ordered, and what was ordered before it was there. */
export function ToastHost() {
  useEffect(() => {
    // The toaster, being inside, listens already.
    const show = () => takeToastOrders().forEach(({ carryOut }) => carryOut(toast));
    show();
    return onToastOrder(show);
  }, []);
  return <Toaster position="top-center" style={look} theme={useIsDark() ? 'dark' : 'light'} />;
}
