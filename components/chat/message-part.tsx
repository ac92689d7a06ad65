import { Disclosure } from '#components/ui/disclosure';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { isToolPart } from '#domain/tool-part';
import { Markdown } from './markdown.tsx';
import { ToolCard } from './tool-card.tsx';

export type MessagePartProps = { part: ChatMessage['parts'][number]; isWriting: boolean };

/** One part of an answer. Parts of a kind this page does not know are left out. */
export function MessagePart({ part, isWriting }: MessagePartProps) {
  const say = useSay();
  if (part.type === 'text') return <Markdown isWriting={isWriting} text={part.text} />;
  if (part.type === 'reasoning') {
    if (part.text === '') return null;
    return (
      <Disclosure title={say(isWriting && part.state === 'streaming' ? 'message.thinking' : 'message.thoughts')}>
        <div className="text-muted-foreground">
          <Markdown isWriting={isWriting} text={part.text} />
        </div>
      </Disclosure>
    );
  }
  return isToolPart(part) ? <ToolCard part={part} /> : null;
}
