'use client';

import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ComponentProps } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { useFocusReturn } from './use-focus-return.ts';

type ContentProps = ComponentProps<typeof RadixDialog.Content>;

export type ModalProps = Pick<ContentProps, 'children' | 'className' | 'onCloseAutoFocus' | 'onEscapeKeyDown'> & {
  onClose: () => void;
};

/** What lies over the page, keeps the focus and gives it back; its look is the caller's. Mounted means open. */
export function Modal({ onClose, className, onCloseAutoFocus, ...content }: ModalProps) {
  const { ref, giveBack } = useFocusReturn();
  return (
    <RadixDialog.Root onOpenChange={(open) => !open && onClose()} open>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="appear fixed inset-0 z-50 bg-scrim" />
        <RadixDialog.Content
          className={classNames('fixed z-50 border-border bg-card shadow-xl', className)}
          onCloseAutoFocus={(event) => {
            onCloseAutoFocus?.(event);
            if (!event.defaultPrevented) giveBack(event);
          }}
          ref={ref}
          {...content}
        />
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** Every modal has one, seen or only heard. */
export const ModalTitle = RadixDialog.Title;

export const ModalDescription = RadixDialog.Description;

export function ModalClose({ label }: { label: string }) {
  return (
    <RadixDialog.Close asChild>
      <Button aria-label={label} size="icon" variant="quiet">
        <X aria-hidden className="size-4" />
      </Button>
    </RadixDialog.Close>
  );
}
