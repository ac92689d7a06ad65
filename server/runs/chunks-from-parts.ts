import type { ProviderMetadata } from 'ai';
import type { ChatMessage, Chunk } from '#domain/message-view';

/**
 * The chunks whose fold is these parts: for followers of a run whose journal has been deleted. Parts of unknown types
 * are left out; the message event that follows carries them.
 */
export function chunksFromParts(messageId: string, parts: ChatMessage['parts']): Chunk[] {
  return [{ type: 'start', messageId }, ...parts.flatMap(chunksOfPart)];
}

function chunksOfPart(part: ChatMessage['parts'][number], index: number): Chunk[] {
  const id = `${index}`;
  switch (part.type) {
    case 'text':
      return [{ type: 'text-start', id }, { type: 'text-delta', id, delta: part.text }, { type: 'text-end', id }];
    case 'reasoning':
      return [
        { type: 'reasoning-start', id },
        { type: 'reasoning-delta', id, delta: part.text },
        { type: 'reasoning-end', id, ...(part.providerMetadata && { providerMetadata: part.providerMetadata }) },
      ];
    case 'step-start':
      return [{ type: 'start-step' }];
    case 'file':
    case 'source-url':
    case 'source-document':
      return [part];
    case 'dynamic-tool':
      return chunksOfTool(part, part.toolName, true);
    default:
      return 'toolCallId' in part ? chunksOfTool(part, part.type.replace(/^tool-/, ''), false) : [];
  }
}

type ToolPart = Extract<ChatMessage['parts'][number], { toolCallId: string }>;

function chunksOfTool(part: ToolPart, toolName: string, dynamic: boolean): Chunk[] {
  const { toolCallId, input } = part;
  const call = { toolCallId, toolName, input, ...(dynamic && { dynamic }) };
  const called: Chunk = { type: 'tool-input-available', ...call };
  switch (part.state) {
    case 'output-available':
      return [called, { type: 'tool-output-available', toolCallId, output: part.output, ...said(part) }];
    case 'output-error':
      return [{ type: 'tool-input-error', ...call, errorText: part.errorText, ...said(part) }];
    default:
      return [called];
  }
}

function said({ resultProviderMetadata: metadata }: { resultProviderMetadata?: ProviderMetadata }) {
  return metadata === undefined ? {} : { providerMetadata: metadata };
}
