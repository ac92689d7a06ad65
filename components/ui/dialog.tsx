'use client';

import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useFocusReturn } from './use-focus-return.ts';

export type DialogProps = {
  title: string;
  description?: string;
  onClose: () => void;
  children: ReactNode;
};

const contentClass =
  'appear fixed top-1/2 left-1/2 z-50 w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 ' +
  'rounded-xl border border-border bg-card p-5 shadow-xl';

/** A modal question. Mounted means open. */
export function Dialog({ title, description, onClose, children }: DialogProps) {
  const { content } = useFocusReturn();
  return (
    <RadixDialog.Root onOpenChange={(open) => !open && onClose()} open>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="appear fixed inset-0 z-50 bg-scrim" />
        <RadixDialog.Content
          className={contentClass}
          {...content}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <RadixDialog.Title className="text-lg font-semibold">{title}</RadixDialog.Title>
          {description !== undefined && (
            <RadixDialog.Description className="mt-1 text-muted-foreground">{description}</RadixDialog.Description>
          )}
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
