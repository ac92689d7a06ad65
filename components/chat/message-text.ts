import type { ChatMessage } from '#domain/message-view';

/** What was said, without reasoning and tools; separate texts are separate paragraphs. */
export function textOf(message: ChatMessage): string {
  return message.parts
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join('\n\n');
}
