'use client';

import { useEffect, useState, type ComponentType } from 'react';
import { onToastOrder, takeToastOrders } from './toast.ts';
import { whenIdle } from './when-idle.ts';

const loadHost = async () => (await import('./toast-host.tsx')).ToastHost;

/** Where short notices appear. Their code is fetched while the page is idle, or for the first one. */
export function Toasts() {
  const [Host, setHost] = useState<ComponentType | null>(null);
  useEffect(() => {
    const load = () => void loadHost().then((loaded) => setHost(() => loaded), sayPlainly);
    const endings = [whenIdle(load), onToastOrder(load)];
    return () => endings.forEach((end) => end());
  }, []);
  return Host && <Host />;
}

/** Without the code, in the browser's own way: ugly, but not lost. */
function sayPlainly(): void {
  for (const { text } of takeToastOrders()) if (text !== null) alert(text);
}
