'use client';

import { type ComponentType, type ReactNode, use, useEffect, useState } from 'react';
import type { DrawerPanelProps } from './drawer-panel.tsx';
import { MissingCodeContext } from './missing-code.ts';

export type DrawerProps = { title: string; open: boolean; onOpenChange: (open: boolean) => void; children: ReactNode };

/** To be fetched ahead of the first opening, so that it opens at once. */
export const loadDrawerPanel = async () => (await import('./drawer-panel.tsx')).DrawerPanel;

/** A panel that slides in from the side where lines begin, for narrow screens. `onOpenChange` stays the same function. */
export function Drawer({ title, open, onOpenChange, children }: DrawerProps) {
  const onMissing = use(MissingCodeContext);
  const [Panel, setPanel] = useState<ComponentType<DrawerPanelProps> | null>(null);
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
  if (!Panel || !open) return null;
  return (
    <Panel onClose={() => onOpenChange(false)} title={title}>
      {children}
    </Panel>
  );
}
