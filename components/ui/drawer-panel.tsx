'use client';

import { Dialog as RadixDialog } from 'radix-ui';
import type { DrawerProps } from './drawer.tsx';
import { useFocusReturn } from './use-focus-return.ts';

const contentClass =
  'slide-in fixed inset-y-0 start-0 z-40 flex w-[min(20rem,85vw)] flex-col border-e border-border bg-sidebar shadow-xl';

/** The drawer itself. */
export function DrawerPanel({ title, open, onOpenChange, children }: DrawerProps) {
  const { content } = useFocusReturn();
  return (
    <RadixDialog.Root onOpenChange={onOpenChange} open={open}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="appear fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content aria-describedby={undefined} className={contentClass} {...content}>
          <RadixDialog.Title className="sr-only">{title}</RadixDialog.Title>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
