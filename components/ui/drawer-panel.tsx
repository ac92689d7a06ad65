'use client';

import type { ReactNode } from 'react';
import { Modal, ModalTitle } from './modal.tsx';

export type DrawerPanelProps = { title: string; onClose: () => void; children: ReactNode };

/** The drawer itself. Mounted means open. */
export function DrawerPanel({ title, onClose, children }: DrawerPanelProps) {
  return (
    <Modal
      className="slide-in inset-y-0 start-0 flex w-[min(20rem,85vw)] flex-col border-e bg-sidebar"
      onClose={onClose}
    >
      <ModalTitle className="sr-only">{title}</ModalTitle>
      {children}
    </Modal>
  );
}
