import type { ChatMessage } from '#domain/message-view';
import { isToolPart } from '#domain/tool-part';
import { Markdown } from './markdown.tsx';
import { Reasoning } from './reasoning.tsx';
import { ToolCard } from './tool-card.tsx';

export type MessagePartProps = { part: ChatMessage['parts'][number]; isWriting: boolean };

/** One part of an answer. Sources are listed below it; parts of a kind this page does not know are left out. */
export function MessagePart({ part, isWriting }: MessagePartProps) {
  if (part.type === 'text') return <Markdown isWriting={isWriting} text={part.text} />;
  if (part.type === 'reasoning') return <Reasoning isWriting={isWriting} part={part} />;
  return isToolPart(part) ? <ToolCard isWriting={isWriting} part={part} /> : null;
}
