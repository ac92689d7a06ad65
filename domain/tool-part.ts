import type { DynamicToolUIPart, ToolUIPart } from 'ai';
import type { ChatMessage } from './message-view.ts';

export type ToolPart = ToolUIPart | DynamicToolUIPart;

/** As the AI SDK tells them apart; its own function would bring the whole SDK into the page. */
export function isToolPart(part: ChatMessage['parts'][number]): part is ToolPart {
  return part.type === 'dynamic-tool' || part.type.startsWith('tool-');
}

export function toolNameOf(part: ToolPart): string {
  return part.type === 'dynamic-tool' ? part.toolName : part.type.slice('tool-'.length);
}
