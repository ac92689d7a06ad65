import type { Attachment } from './attachment.ts';
import { attachmentGridClass } from './attachment-grid-class.ts';

/** What is to go with a message, by name, until more can be shown of it. */
export function AttachmentNames({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <ul className={attachmentGridClass}>
      {attachments.map(({ id, name }) => (
        <li className="h-13.5 truncate rounded-lg bg-muted p-3.5 text-sm" dir="auto" key={id}>
          {name}
        </li>
      ))}
    </ul>
  );
}
