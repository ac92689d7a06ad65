'use client';

import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { useFocusReturn } from './use-focus-return.ts';

export type SidePanelProps = { title: string; closeLabel: string; onClose: () => void; children: ReactNode };

const contentClass =
  'appear fixed inset-y-0 end-0 z-40 flex w-full max-w-md flex-col border-s border-border bg-background shadow-xl';

/** A panel at the end of the page, over it. Mounted means open. */
export function SidePanel({ title, closeLabel, onClose, children }: SidePanelProps) {
  const { content } = useFocusReturn();
  return (
    <RadixDialog.Root onOpenChange={(open) => !open && onClose()} open>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="appear fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content aria-describedby={undefined} className={contentClass} {...content}>
          <div className="flex h-14 shrink-0 items-center gap-2 border-b border-border px-4">
            <RadixDialog.Title className="min-w-0 flex-1 truncate font-semibold">{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <Button aria-label={closeLabel} size="icon" variant="quiet">
                <X aria-hidden className="size-5" />
              </Button>
            </RadixDialog.Close>
          </div>
          {/* A region that scrolls must be reachable by keyboard. */}
          <div className="min-h-0 flex-1 overflow-y-auto p-4" tabIndex={0}>
            {children}
          </div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
