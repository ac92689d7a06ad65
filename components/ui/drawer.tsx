'use client';

import { type ComponentType, type ReactNode, use, useEffect, useState } from 'react';
import { MissingCodeContext } from './missing-code.ts';

export type DrawerProps = { title: string; open: boolean; onOpenChange: (open: boolean) => void; children: ReactNode };

/** To be fetched ahead of the first opening, so that it opens at once. */
export const loadDrawerPanel = async () => (await import('./drawer-panel.tsx')).DrawerPanel;

/** A panel that slides in from the side where lines begin, for narrow screens. `onOpenChange` stays the same function. */
export function Drawer(props: DrawerProps) {
  const { open, onOpenChange } = props;
  const onMissing = use(MissingCodeContext);
  const [Panel, setPanel] = useState<ComponentType<DrawerProps> | null>(null);
  useEffect(() => {
    if (!open || Panel) return;
    loadDrawerPanel().then(
      (loaded) => setPanel(() => loaded),
      () => {
        onOpenChange(false);
        onMissing();
      },
    );
  }, [Panel, onMissing, onOpenChange, open]);
  return Panel && <Panel {...props} />;
}
