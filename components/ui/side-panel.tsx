'use client';

import type { ReactNode } from 'react';
import { Modal, ModalClose, ModalTitle } from './modal.tsx';

export type SidePanelProps = { title: string; closeLabel: string; onClose: () => void; children: ReactNode };

/** A panel at the end of the page, over it. Mounted means open. */
export function SidePanel({ title, closeLabel, onClose, children }: SidePanelProps) {
  return (
    <Modal className="appear inset-y-0 end-0 flex w-full max-w-md flex-col border-s bg-background" onClose={onClose}>
      <div className="flex h-14 shrink-0 items-center gap-2 border-b border-border px-4">
        <ModalTitle className="min-w-0 flex-1 truncate font-semibold">{title}</ModalTitle>
        <ModalClose label={closeLabel} />
      </div>
      {/* A region that scrolls must be reachable by keyboard. */}
      <div className="min-h-0 flex-1 overflow-y-auto p-4" tabIndex={0}>
        {children}
      </div>
    </Modal>
  );
}
