import type { ChatMessage } from '#domain/message-view';

const maxLength = 60;

/** What a chat is called as long as nobody has named it: the beginning of its first message, or what comes with it. */
export function openingTitle(parts: ChatMessage['parts']): string {
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join(' ');
  const line = (text.trim() || fileNames(parts)).replaceAll(/\s+/g, ' ');
  return line.length > maxLength ? `${line.slice(0, maxLength - 1).trimEnd()}…` : line;
}

const fileNames = (parts: ChatMessage['parts']): string =>
  parts.flatMap((part) => (part.type === 'file' ? [part.filename ?? ''] : [])).join(', ');
