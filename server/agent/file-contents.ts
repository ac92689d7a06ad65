import type { FilePart, FileUIPart, TextPart } from 'ai';
import { fileIdAt, fileIdsIn } from '#domain/file-part';
import { isTextType } from '#domain/file-limits';
import type { ChatMessage } from '#domain/message-view';
import type { AgentInput } from '#server/runs/agent';
import { describeFile, quoteFile } from './file-texts.ts';

/** Messages whose files are data parts, and what makes of such a part something that a model can be sent. */
export type FilledMessages = {
  messages: ChatMessage[];
  convertDataPart: (part: { type: string; data: unknown }) => TextPart | FilePart | undefined;
};

/**
 * Fill in what the files of people's messages hold: text as text, pictures and PDFs as bytes. Files that are gone or are
 * too much for one request, the oldest first, are named without their content.
 */
export async function fillInFiles({ messages, readFiles }: Pick<AgentInput, 'messages' | 'readFiles'>): Promise<FilledMessages> {
  const newestFirst = messages.toReversed().flatMap(({ parts }) => fileIdsIn(parts));
  const fileIds = [...new Set(newestFirst)];
  const files = fileIds.length === 0 ? [] : await readFiles(fileIds);
  const bytesOf = new Map(files.map(({ id, bytes }) => [id, bytes]));
  return {
    messages: messages.map((message) => (message.role === 'user' ? withDataParts(message) : message)),
    convertDataPart: (part) => {
      if (part.type !== filePartType) return undefined;
      const file = part.data as FileUIPart;
      return toModelPart(file, bytesOf.get(fileIdAt(file.url) ?? ''));
    },
  };
}

/** The AI SDK reads the addresses of file parts, and ours lead nowhere outside of the page. */
const filePartType = 'data-file';

function withDataParts(message: ChatMessage): ChatMessage {
  const parts = message.parts.map((part) => (part.type === 'file' ? { type: filePartType, data: part } : part));
  return { ...message, parts: parts as ChatMessage['parts'] };
}

function toModelPart({ filename = 'file', mediaType }: FileUIPart, bytes: Buffer | undefined): TextPart | FilePart {
  const file = { name: filename, mediaType };
  if (bytes === undefined) return { type: 'text', text: describeFile(file) };
  if (isTextType(mediaType)) return { type: 'text', text: quoteFile(file, bytes.toString('utf8')) };
  return { type: 'file', mediaType, filename, data: bytes };
}
