import type { ReasoningUIPart } from 'ai';
import { Disclosure } from '#components/ui/disclosure';
import { useSay } from '#components/words/words-context';
import { millisecondsOf } from '#domain/part-time';
import { Markdown } from './markdown.tsx';

/** What the model thought before it spoke, folded. */
export function Reasoning({ part, isWriting }: { part: ReasoningUIPart; isWriting: boolean }) {
  const say = useSay();
  if (part.text === '') return null;
  const milliseconds = millisecondsOf(part);
  const seconds = milliseconds === null ? null : Math.max(1, Math.round(milliseconds / 1_000));
  const isThinking = isWriting && part.state === 'streaming';
  const thoughts = seconds === null ? say('message.thoughts') : say('message.thoughtFor', { seconds });
  return (
    <Disclosure title={isThinking ? say('message.thinking') : thoughts}>
      <div className="text-muted-foreground">
        <Markdown isWriting={isWriting} text={part.text} />
      </div>
    </Disclosure>
  );
}
