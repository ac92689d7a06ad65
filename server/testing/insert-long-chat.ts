import { insertMessages } from './insert-messages.ts';
import { scriptedMarkdown } from './scripted-markdown.ts';

/** With it the last message of an inserted chat ends. */
export const endingOfChat = 'So ends this long chat.';

/** Questions and answers in turn; answers are prose, lists, tables and code of 150 to 450 tokens. */
function textOf(index: number, count: number): string {
  if (index % 2 === 0) return `Question ${index / 2 + 1}: how is the lease of run ${index} kept, and what happens when it ends?`;
  const answer = scriptedMarkdown(150 + ((index * 37) % 300));
  return index === count - 1 ? `${scriptedMarkdown(150)}\n\`\`\`\n\n${endingOfChat}` : answer;
}

/**
 * Give a chat that has no messages those of a chat that took months to grow.
 *
 * @param count even: the last one is an answer
 */
export async function insertLongChat(databaseUrl: string, chatId: string, count: number): Promise<void> {
  const messages = Array.from({ length: count }, (_, index) => [{ type: 'text', text: textOf(index, count) }]);
  await insertMessages(databaseUrl, chatId, messages);
}
