/** What clients may send. The procedures parse with these, and the page checks with the same before it sends. */
import { z } from 'zod';
import { maxFilesPerMessage } from './file-limits.ts';
import { fileIdAt } from './file-part.ts';
import { maxMessageLength, maxPromptLength, maxPromptNameLength, maxTitleLength } from './input-limits.ts';
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

/** A file of one's own, by its id or, as the AI SDK has it, by its address. What else is said of it is not believed. */
const filePart = z.union([
  z.object({ type: z.literal('file'), fileId: z.uuid().toLowerCase() }),
  z
    .object({ type: z.literal('file'), url: z.string().refine((url) => fileIdAt(url) !== undefined, { error: 'upload it first: the address must be one of /api/files' }) })
    .transform(({ url }) => ({ type: 'file' as const, fileId: fileIdAt(url)! })),
]);

/** A person's message: text, or parts. Tool, reasoning and system parts from a client are refused. */
export const userMessageInput = z
  .object({
    id: z.uuid().optional(),
    text: z.string().max(maxMessageLength).optional(),
    parts: z.array(z.union([textPart, filePart])).min(1).max(100).optional(),
    parentId: z.uuid().nullable().optional(),
  })
  .refine((message) => (message.text === undefined) !== (message.parts === undefined), {
    error: 'give either text or parts',
  })
  .refine(({ text, parts }) => text?.trim() || parts?.some((part) => part.type === 'file' || part.text.trim() !== ''), {
    error: 'the message is empty',
  })
  .refine(({ parts = [] }) => parts.filter(({ type }) => type === 'file').length <= maxFilesPerMessage, {
    error: `a message holds at most ${maxFilesPerMessage} files`,
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
export const regenerateInput = answerAgainInput.extend({ assistantMessageId: z.uuid().optional() });
export const runIdInput = z.object({ runId: z.uuid() });
export const stopRunInput = z.union([z.object({ runId: z.uuid() }), z.object({ chatId: z.uuid() })]);
/** PostgreSQL keeps everything else. */
const storable = z.string().refine((text) => !text.includes('\0') && text.isWellFormed(), { error: 'this cannot be kept' });

export const savePromptInput = z.object({
  name: storable.trim().min(1).max(maxPromptNameLength),
  text: storable.max(maxPromptLength).refine((text) => text.trim() !== '', { error: 'the prompt is empty' }),
});
export const removePromptInput = z.object({ promptId: z.uuid() });
export const listRunsInput = z.object({ status: z.enum(runStatuses).optional(), cursor: z.uuid().nullish() });
export const followInput = z.object({ chatId: z.uuid(), lastEventId: z.string().max(500).nullish() });
/** Of any form: one that cannot be right is refused like one that is unknown. */
export const shareTokenInput = z.object({ token: z.string().max(100) });
export const followShareInput = shareTokenInput.extend({ lastEventId: z.string().max(500).nullish() });
export const activityInput = z.object({ lastEventId: z.string().max(500).nullish() }).optional();
