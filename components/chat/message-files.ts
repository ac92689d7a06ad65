import type { FileUIPart } from 'ai';
import { fileIdAt } from '#domain/file-part';
import type { ChatMessage } from '#domain/message-view';

/** Whether a part is a file that the server keeps. */
export function isKeptFile(part: ChatMessage['parts'][number]): part is FileUIPart {
  return part.type === 'file' && fileIdAt(part.url) !== undefined;
}
