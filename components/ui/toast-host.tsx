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

/** As our own buttons are; the one thing that can be done here. */
const actionLook = {
  height: '1.75rem',
  borderRadius: 'var(--radius-md)',
  background: 'var(--primary)',
  color: 'var(--primary-foreground)',
  fontSize: 'var(--text-sm)',
} as CSSProperties;

const options = { style: { fontSize: 'var(--text-sm)' }, actionButtonStyle: actionLook };

/** Shows what is ordered, and what was ordered before it was there. */
export function ToastHost() {
  useEffect(() => {
    // The toaster, being inside, listens already.
    const show = () => takeToastOrders().forEach(({ carryOut }) => carryOut(toast));
    show();
    return onToastOrder(show);
  }, []);
  return <Toaster position="top-center" style={look} toastOptions={options} theme={useIsDark() ? 'dark' : 'light'} />;
}
