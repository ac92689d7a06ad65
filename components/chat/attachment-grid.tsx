'use client';

import { toast } from 'sonner';
import { useSay } from '#components/words/words-context';
import type { Attachment } from './attachment.ts';
import { attachmentGridClass } from './attachment-grid-class.ts';
import { AttachmentItem } from './attachment-item.tsx';
import type { DraftChange, DraftState } from './draft-state.ts';
import { focusMessageBox, focusMessageBoxByKeyboard } from './message-box.ts';
import type { Attachments } from './use-attachments.ts';

export type AttachmentGridProps = { draft: DraftState; actions: Attachments; change: (change: DraftChange) => void };

/** The attachments of a draft that has some. */
export function AttachmentGrid({ draft, actions, change }: AttachmentGridProps) {
  const say = useSay();
  const insertText = async (attachment: Attachment) => {
    const text = await actions.readText(attachment);
    if (text === null) return toast.error(say('attachment.asText.failed'));
    change({ type: 'unpacked', id: attachment.id, text });
    focusMessageBox();
  };
  return (
    <ul aria-label={say('attachment.list')} aria-live="polite" className={attachmentGridClass}>
      {draft.attachments.map((attachment) => (
        <AttachmentItem
          attachment={attachment}
          key={attachment.id}
          onInsertText={attachment.isPastedText ? () => void insertText(attachment) : undefined}
          onRemove={() => {
            change({ type: 'detached', id: attachment.id });
            // The button that had the focus is gone.
            focusMessageBoxByKeyboard();
          }}
          onRetry={actions.retryOf(attachment)}
          preview={actions.previewOf(attachment)}
          progress={actions.progressOf(attachment.id)}
        />
      ))}
    </ul>
  );
}
