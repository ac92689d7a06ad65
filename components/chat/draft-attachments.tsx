'use client';

import { lazy, Suspense } from 'react';
import type { AttachmentGridProps } from './attachment-grid.tsx';
import { attachmentGridClass } from './attachment-grid-class.ts';

const AttachmentGrid = lazy(async () => ({ default: (await import('./attachment-grid.tsx')).AttachmentGrid }));

/** What is to go with the message, over the box that it is written in. */
export function DraftAttachments(props: AttachmentGridProps) {
  const { attachments } = props.draft;
  if (attachments.length === 0) return null;
  const places = (
    <div aria-hidden className={attachmentGridClass}>
      {attachments.map(({ id }) => (
        <div className="h-13.5 rounded-lg bg-muted" key={id} />
      ))}
    </div>
  );
  return (
    <Suspense fallback={places}>
      <AttachmentGrid {...props} />
    </Suspense>
  );
}
