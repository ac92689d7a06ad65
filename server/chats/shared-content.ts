/**
 * What the reader of a link gets: what was said and thought, and which tools were used. Not who said it, not what a tool
 * was given or answered, no files, no costs, no reasons of a failure. Whatever is not named here stays here. Pure.
 */
import type { ChatMessage, Chunk } from '#domain/message-view';
import { describeRunError } from '#domain/run-error';
import type { RunEvent } from '#domain/run-event';
import type { RunView } from '#domain/run-view';
import { unknownToolOutcome } from '#domain/tool-outcome';
import { isToolPart, type ToolPart } from '#domain/tool-part';

type Part = ChatMessage['parts'][number];

/** The messages of a chat that its reader gets. */
export function toSharedMessages(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.filter((message) => !isQueued(message)).map(toSharedMessage);
}

const isQueued = ({ metadata }: ChatMessage) => metadata?.status === 'queued';

export function toSharedMessage(message: ChatMessage): ChatMessage {
  const { id, role, parts, metadata } = message;
  const shared = { id, role, parts: parts.flatMap(toSharedParts) };
  if (!metadata) return shared;
  const { status, parentId, createdAt } = metadata;
  return { ...shared, metadata: { status, parentId, createdAt, authorId: null } };
}

/** @param shown ids of the messages of the shown branch: of an answer on another one nothing is told but how it ended */
export function toSharedRun(run: RunView, shown: ReadonlySet<string>): RunView {
  const { id, chatId, trigger, epoch, stepCount, userMessageId, assistantMessageId } = run;
  const { stopRequestedAt, interruptedAt, resumedAt, startedAt, createdAt, updatedAt, readAt } = run;
  const told = { id, chatId, trigger, epoch, stepCount, userMessageId, assistantMessageId };
  const instants = { stopRequestedAt, interruptedAt, resumedAt, startedAt, createdAt, updatedAt, readAt };
  const untold = { model: '', stoppedBy: null, usage: null, toolsActed: [] };
  const shared = { ...told, ...instants, ...untold, baseParts: shown.has(assistantMessageId) ? run.baseParts.flatMap(toSharedParts) : [] };
  switch (run.status) {
    case 'failed':
      return { ...shared, status: 'failed', finishedAt: run.finishedAt, error: describeRunError('INTERNAL') };
    case 'pending':
    case 'running':
      return { ...shared, status: run.status, finishedAt: null, error: null };
    default:
      return { ...shared, status: run.status, finishedAt: run.finishedAt, error: null };
  }
}

/**
 * @param shown ids of the messages of the shown branch
 * @returns null for what is not told: other branches, and messages before they are sent
 */
export function toSharedEvent(event: RunEvent, shown: ReadonlySet<string>): RunEvent | null {
  switch (event.type) {
    case 'run':
      return { type: 'run', run: event.run && toSharedRun(event.run, shown) };
    case 'message':
      return !shown.has(event.message.id) || isQueued(event.message) ? null : { type: 'message', message: toSharedMessage(event.message) };
    case 'removed':
      return null;
    case 'branch':
      return event;
    case 'chunks': {
      if (!shown.has(event.messageId)) return null;
      const { type, runId, messageId, epoch, fromSeq, toSeq, replace, chunks } = event;
      return { type, runId, messageId, epoch, fromSeq, toSeq, replace, chunks: chunks.flatMap(toSharedChunks) };
    }
  }
}

function toSharedParts(part: Part): Part[] {
  if (isToolPart(part)) return [withoutContent(part)];
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return [{ type: part.type, text: part.text, ...(part.state && { state: part.state }) }];
    case 'step-start':
      return [{ type: 'step-start' }];
    default:
      return [];
  }
}

/** A tool by its name, and how far it is. */
function withoutContent(part: ToolPart): Part {
  const { toolCallId, state } = part;
  const name = part.type === 'dynamic-tool' ? { type: part.type, toolName: part.toolName } : { type: part.type };
  const error = state === 'output-error' && { errorText: sharedError(part.errorText) };
  return { ...name, toolCallId, state, ...error } as Part;
}

/** That nobody knows the outcome is no secret. */
function sharedError(errorText: string): string {
  return errorText === unknownToolOutcome ? errorText : '';
}

type NamedTool = { toolCallId: string; toolName: string; dynamic?: boolean | undefined };

function namedTool({ toolCallId, toolName, dynamic }: NamedTool) {
  return { toolCallId, toolName, ...(dynamic !== undefined && { dynamic }) };
}

function toSharedChunks(chunk: Chunk): Chunk[] {
  switch (chunk.type) {
    case 'text-start':
    case 'text-end':
    case 'reasoning-start':
    case 'reasoning-end':
      return [{ type: chunk.type, id: chunk.id }];
    case 'text-delta':
    case 'reasoning-delta':
      return [{ type: chunk.type, id: chunk.id, delta: chunk.delta }];
    case 'tool-input-start':
      return [{ type: chunk.type, ...namedTool(chunk) }];
    case 'tool-input-available':
      return [{ type: chunk.type, ...namedTool(chunk), input: undefined }];
    case 'tool-input-error':
      return [{ type: chunk.type, ...namedTool(chunk), input: undefined, errorText: sharedError(chunk.errorText) }];
    case 'tool-output-available':
      return [{ type: chunk.type, toolCallId: chunk.toolCallId, output: undefined }];
    case 'tool-output-error':
      return [{ type: chunk.type, toolCallId: chunk.toolCallId, errorText: sharedError(chunk.errorText) }];
    case 'tool-output-denied':
      return [{ type: chunk.type, toolCallId: chunk.toolCallId }];
    case 'start':
      return [{ type: 'start', ...(chunk.messageId !== undefined && { messageId: chunk.messageId }) }];
    case 'start-step':
    case 'finish-step':
    case 'reset-step':
    case 'finish':
    case 'abort':
      return [{ type: chunk.type }];
    default:
      return [];
  }
}
