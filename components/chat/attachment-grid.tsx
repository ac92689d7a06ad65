'use client';

import { useSyncExternalStore } from 'react';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import type { Attachment } from './attachment.ts';
import { attachmentGridClass } from './attachment-grid-class.ts';
import { AttachmentItem } from './attachment-item.tsx';
import type { DraftChange } from './draft-state.ts';
import { focusMessageBox, focusMessageBoxByKeyboard } from './message-box.ts';
import type { Uploads } from './uploads.ts';

export type AttachmentGridProps = {
  attachments: readonly Attachment[];
  uploads: Uploads;
  change: (change: DraftChange) => void;
};

/** What is to go with the message, over the box that it is written in. */
export function AttachmentGrid(props: AttachmentGridProps) {
  const say = useSay();
  const { attachments, uploads } = props;
  const progress = useSyncExternalStore(uploads.subscribe, uploads.progress);
  const waysOf = useAttachmentWays(props);
  return (
    // A region that comes with its first file would not be read out.
    <div aria-live="polite">
      {attachments.length > 0 && (
        <ul aria-label={say('attachment.list')} className={attachmentGridClass}>
          {attachments.map((attachment) => (
            <AttachmentItem
              attachment={attachment}
              key={attachment.id}
              preview={uploads.previewOf(attachment)}
              progress={progress[attachment.id] ?? 0}
              {...waysOf(attachment)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** What can be done with each. The button that was pressed goes, and the focus with it. */
function useAttachmentWays({ attachments, uploads, change }: AttachmentGridProps) {
  const say = useSay();
  const insertText = async (attachment: Attachment) => {
    const text = await uploads.readText(attachment);
    if (text === null) return toast.error(say('attachment.asText.failed'));
    change({ type: 'unpacked', id: attachment.id, text });
    focusMessageBox();
  };
  const remove = ({ id }: Attachment) => {
    change({ type: 'detached', id });
    focusMessageBoxByKeyboard();
  };
  const retryOf = (attachment: Attachment) => {
    const retry = uploads.retryOf(attachment, attachments);
    if (!retry) return undefined;
    return () => {
      retry();
      focusMessageBoxByKeyboard();
    };
  };
  return (attachment: Attachment) => ({
    onInsertText: attachment.isPastedText ? () => void insertText(attachment) : undefined,
    onRemove: () => remove(attachment),
    onRetry: retryOf(attachment),
  });
}
