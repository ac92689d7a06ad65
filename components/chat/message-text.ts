import type { ChatMessage } from '#domain/message-view';

/** What was said, without reasoning and tools; separate texts are separate paragraphs. */
export function textOf(message: Pick<ChatMessage, 'parts'>): string {
  return message.parts
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join('\n\n');
}

/** What the files are called that came with it. */
export function fileNamesOf({ parts }: Pick<ChatMessage, 'parts'>): string[] {
  return parts.flatMap((part) => (part.type === 'file' ? [part.filename ?? ''] : []));
}
