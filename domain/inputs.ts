/** What clients may send. The procedures parse with these, and the page checks with the same before it sends. */
import { z } from 'zod';
import { maxMessageLength, maxTitleLength } from './input-limits.ts';
import { runStatuses } from './run-status.ts';

export const chatIdInput = z.object({ chatId: z.uuid() });
export const createChatInput = z.object({ title: z.string().trim().max(maxTitleLength).optional() });
export const listChatsInput = z.object({
  cursor: z.string().max(200).nullish(),
  search: z.string().trim().max(200).optional(),
  archived: z.boolean().optional(),
  pinned: z.boolean().optional(),
});
export const searchChatsInput = z.object({
  query: z.string().trim().min(1).max(200),
  cursor: z.string().regex(/^\d{1,4}$/, { error: 'there is no such cursor' }).nullish(),
});
export const archiveChatInput = chatIdInput.extend({ archived: z.boolean() });
export const pinChatInput = chatIdInput.extend({ pinned: z.boolean() });
export const selectBranchInput = chatIdInput.extend({ messageId: z.uuid() });
export const renameChatInput = chatIdInput.extend({ title: z.string().trim().min(1).max(maxTitleLength) });

const textPart = z.object({ type: z.literal('text'), text: z.string().max(maxMessageLength) });

/** A person's message: text, or parts. Tool, reasoning and system parts from a client are refused. */
export const userMessageInput = z
  .object({
    id: z.uuid().optional(),
    text: z.string().max(maxMessageLength).optional(),
    parts: z.array(textPart).min(1).max(100).optional(),
    parentId: z.uuid().nullable().optional(),
  })
  .refine((message) => (message.text === undefined) !== (message.parts === undefined), {
    error: 'give either text or parts',
  })
  .refine((message) => (message.text ?? message.parts?.map((part) => part.text).join('') ?? '').trim() !== '', {
    error: 'the message is empty',
  });

export const startRunInput = z
  .object({
    chatId: z.uuid(),
    message: userMessageInput,
    model: z.string().max(200).optional(),
    whenBusy: z.enum(['reject', 'queue', 'interrupt']).default('reject'),
  })
  .refine(({ message, whenBusy }) => whenBusy === 'reject' || message.parentId === undefined, {
    error: 'a message that may be queued follows the end of the shown branch',
    path: ['message', 'parentId'],
  });
export const queuedMessageInput = chatIdInput.extend({ messageId: z.uuid() });
export const editQueuedInput = queuedMessageInput.extend({
  text: z
    .string()
    .max(maxMessageLength)
    .refine((text) => text.trim() !== '', { error: 'the message is empty' }),
});
/** For run.regenerate and run.continue. */
export const answerAgainInput = z.object({ runId: z.uuid(), model: z.string().max(200).optional() });
export const runIdInput = z.object({ runId: z.uuid() });
export const stopRunInput = z.union([z.object({ runId: z.uuid() }), z.object({ chatId: z.uuid() })]);
export const listRunsInput = z.object({ status: z.enum(runStatuses).optional(), cursor: z.uuid().nullish() });
export const followInput = z.object({ chatId: z.uuid(), lastEventId: z.string().max(500).nullish() });
export const activityInput = z.object({ lastEventId: z.string().max(500).nullish() }).optional();
