import type { FileUIPart, TextUIPart } from 'ai';
import type { FileRefusalCode } from '#domain/file-refusal';
import { toFilePart } from '#domain/file-part';

/** Why a file is not with the message. CUT_OFF: the page was left before it was uploaded. FILE_GONE: kept for a day only. */
export type AttachmentFault = FileRefusalCode | 'UNREACHABLE' | 'UNAUTHORIZED' | 'SERVER' | 'CUT_OFF' | 'FILE_GONE' | 'FILES_TOO_LARGE';

/** A file that is to go with the message. Its bytes are the server's, or still on their way there. */
export type Attachment = {
  /** made here */
  id: string;
  name: string;
  /** as the browser sees it, until the server has found out */
  mediaType: string;
  /** bytes */
  size: number;
  /** the server's, once it is uploaded */
  fileId: string | null;
  /** why it is not uploaded; null while it is on its way, or there */
  fault: AttachmentFault | null;
  /** it was pasted as text, and may become text again */
  isPastedText: boolean;
};

export type UploadedAttachment = Attachment & { fileId: string };

export const isUploaded = (attachment: Attachment): attachment is UploadedAttachment => attachment.fileId !== null;
export const isUploading = ({ fileId, fault }: Attachment): boolean => fileId === null && fault === null;

/** What a message says and holds, as its parts. */
export function partsOf({ text, attachments }: { text: string; attachments: readonly Attachment[] }): Array<FileUIPart | TextUIPart> {
  const files = attachments.filter(isUploaded).map(({ fileId, name, mediaType }) => toFilePart({ id: fileId, name, mediaType }));
  return text.trim() === '' && files.length > 0 ? files : [...files, { type: 'text', text }];
}
