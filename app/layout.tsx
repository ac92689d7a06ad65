import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata: Metadata = { description: 'A chat for AI agents whose answers cannot be lost.' };
export const viewport: Viewport = { colorScheme: 'light dark', interactiveWidget: 'resizes-content' };

// Scripts run by a nonce made for each request; a page rendered at build time has none.
export const dynamic = 'force-dynamic';

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
