'use client';

import type { ReactNode } from 'react';
import { Modal, ModalDescription, ModalTitle } from './modal.tsx';

export type DialogProps = {
  title: string;
  description?: string;
  onClose: () => void;
  children: ReactNode;
};

const dialogClass =
  'appear top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 ' +
  'overflow-y-auto rounded-xl border p-5';

/** A modal question. Mounted means open. */
export function Dialog({ title, description, onClose, children }: DialogProps) {
  return (
    <Modal className={dialogClass} onClose={onClose}>
      <ModalTitle className="text-lg font-semibold">{title}</ModalTitle>
      {description !== undefined && <ModalDescription className="mt-1 text-muted-foreground">{description}</ModalDescription>}
      {children}
    </Modal>
  );
}
