'use client';

import type { CSSProperties } from 'react';
import { Toaster } from 'sonner';
import { useIsDark } from './use-is-dark.ts';

const look = {
  '--normal-bg': 'var(--card)',
  '--normal-text': 'var(--foreground)',
  '--normal-border': 'var(--border-strong)',
  '--border-radius': 'var(--radius-lg)',
  fontFamily: 'inherit',
} as CSSProperties;

/** Where short notices appear. */
export function Toasts() {
  return <Toaster position="top-center" style={look} theme={useIsDark() ? 'dark' : 'light'} />;
}
