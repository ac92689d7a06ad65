/** A chat as a file: what the page shows of it, the answer in progress included. */
import type { Say } from '#components/words/say.ts';
import type { ChatMessage } from '#domain/message-view';
import { markdownOf } from './message-markdown.ts';

export type ExportedChat = {
  id: string;
  title: string;
  /** the shown branch, oldest first */
  messages: readonly ChatMessage[];
};

export type ExportFormat = 'md' | 'json';

/** @returns the file's text */
export function exportChat(chat: ExportedChat, format: ExportFormat, say: Say): string {
  return format === 'json' ? `${JSON.stringify(chat, null, 2)}\n` : toMarkdown(chat, say);
}

/** The file's name: the title's letters and digits, as every file system takes them. */
export function exportName({ title }: Pick<ExportedChat, 'title'>, format: ExportFormat): string {
  const name = title.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60);
  return `${name || 'chat'}.${format}`;
}

function toMarkdown({ title, messages }: ExportedChat, say: Say): string {
  const sections = messages.map((message) => {
    const who = say(message.role === 'user' ? 'message.you' : 'message.assistant');
    const notes = [message.metadata?.createdAt, noteOf(message, say)].filter(Boolean).join(' · ');
    return [`## ${who}`, notes && `*${notes}*`, markdownOf(message, say)].filter(Boolean).join('\n\n');
  });
  return `${[`# ${title || say('chats.untitled')}`, ...sections].join('\n\n')}\n`;
}

function noteOf({ metadata }: ChatMessage, say: Say): string | undefined {
  if (metadata?.status === 'streaming') return say('export.partial');
  if (metadata?.status === 'failed') return say('message.failed');
  return metadata?.status === 'aborted' ? say('message.stopped') : undefined;
}
