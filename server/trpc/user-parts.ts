import type { z } from 'zod';
import type { userMessageInput } from '#domain/inputs';
import type { ChatMessage } from '#domain/message-view';
import { cleanValue } from '#server/runs/clean-chunk';

/** What a person wrote, as message parts that PostgreSQL can store. */
export function toUserParts({ text, parts }: z.output<typeof userMessageInput>): ChatMessage['parts'] {
  const written = parts ?? [{ type: 'text' as const, text: text ?? '' }];
  return cleanValue(written) as ChatMessage['parts'];
}
