'use client';

import { Download, X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import { Button } from './button.tsx';
import { useFocusReturn } from './use-focus-return.ts';

export type ImageViewerProps = { url: string; name: string; closeLabel: string; saveLabel: string; onClose: () => void };

/** A picture as large as the window allows. Mounted means open. */
export function ImageViewer({ url, name, closeLabel, saveLabel, onClose }: ImageViewerProps) {
  const { content } = useFocusReturn();
  return (
    <RadixDialog.Root onOpenChange={(open) => !open && onClose()} open>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="appear fixed inset-0 z-50 bg-scrim" />
        <RadixDialog.Content
          aria-describedby={undefined}
          className="appear fixed inset-2 z-50 m-auto flex h-fit max-h-[calc(100dvh-1rem)] w-fit max-w-[calc(100vw-1rem)] flex-col rounded-xl border border-border bg-card shadow-xl"
          {...content}
        >
          <div className="flex items-center gap-1 p-1.5 ps-4">
            <RadixDialog.Title className="min-w-0 flex-1 truncate text-sm font-medium" dir="auto">
              {name}
            </RadixDialog.Title>
            <a
              aria-label={saveLabel}
              className="flex size-9 items-center justify-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground"
              download={name}
              href={url}
            >
              <Download aria-hidden className="size-4" />
            </a>
            <RadixDialog.Close asChild>
              <Button aria-label={closeLabel} size="icon" variant="quiet">
                <X aria-hidden className="size-4" />
              </Button>
            </RadixDialog.Close>
          </div>
          <img alt={name} className="min-h-24 min-w-40 flex-1 rounded-b-xl object-contain" src={url} />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
