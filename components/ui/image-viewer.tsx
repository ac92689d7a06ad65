'use client';

import { Download } from 'lucide-react';
import { Modal, ModalClose, ModalTitle } from './modal.tsx';

export type ImageViewerProps = { url: string; name: string; closeLabel: string; saveLabel: string; onClose: () => void };

const viewerClass =
  'appear inset-2 m-auto flex h-fit max-h-[calc(100dvh-1rem)] w-fit max-w-[calc(100vw-1rem)] flex-col rounded-xl border';

/** A picture as large as the window allows. Mounted means open. */
export function ImageViewer({ url, name, closeLabel, saveLabel, onClose }: ImageViewerProps) {
  return (
    <Modal className={viewerClass} onClose={onClose}>
      <div className="flex items-center gap-1 p-1.5 ps-4">
        <ModalTitle className="min-w-0 flex-1 truncate text-sm font-medium" dir="auto">
          {name}
        </ModalTitle>
        <a
          aria-label={saveLabel}
          className="flex size-9 items-center justify-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground"
          download={name}
          href={url}
        >
          <Download aria-hidden className="size-4" />
        </a>
        <ModalClose label={closeLabel} />
      </div>
      <img alt={name} className="min-h-24 min-w-40 flex-1 rounded-b-xl object-contain" src={url} />
    </Modal>
  );
}
