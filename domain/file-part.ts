import type { FileUIPart } from 'ai';
import type { ChatMessage } from './message-view.ts';

/** A file as a person gets it back from an upload. */
export type UploadedFile = {
  id: string;
  name: string;
  /** what its bytes are */
  mediaType: string;
  /** bytes */
  size: number;
};

/** Where a file is read. */
export const fileAddress = (fileId: string): string => `/api/files/${fileId}`;

const address = /^\/api\/files\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** The file of an address; undefined for any other address. */
export const fileIdAt = (url: string): string | undefined => address.exec(url)?.[1]?.toLowerCase();

/** A file as it stands in a message. */
export function toFilePart({ id, name, mediaType }: Omit<UploadedFile, 'size'>): FileUIPart {
  return { type: 'file', mediaType, filename: name, url: fileAddress(id) };
}

/** The files that a message's parts hold, each once, in their order. */
export function fileIdsIn(parts: ChatMessage['parts']): string[] {
  const ids = parts.flatMap((part) => (part.type === 'file' ? (fileIdAt(part.url) ?? []) : []));
  return [...new Set(ids)];
}
