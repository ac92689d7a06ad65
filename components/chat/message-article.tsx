import { memo } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { MessageActions } from './message-actions.tsx';
import { MessagePart } from './message-part.tsx';
import { textOf } from './message-text.ts';

export type MessageArticleProps = {
  message: ChatMessage;
  /** on its way to the server */
  isSending?: boolean;
  /** given where the answer may be written anew */
  onRegenerate?: (() => void) | undefined;
};

/** One message of the conversation. */
export const MessageArticle = memo(function MessageArticle(props: MessageArticleProps) {
  return props.message.role === 'user' ? <UserArticle {...props} /> : <AssistantArticle {...props} />;
});

const bubbleClass = 'max-w-[85%] rounded-2xl rounded-ee-md bg-bubble px-4 py-2.5 wrap-anywhere whitespace-pre-wrap';

function UserArticle({ message, isSending = false }: MessageArticleProps) {
  const say = useSay();
  return (
    <article aria-label={say('message.you')} className="flex justify-end">
      <div className={classNames(bubbleClass, isSending && 'opacity-60')} dir="auto">
        {textOf(message)}
      </div>
    </article>
  );
}

function AssistantArticle({ message, onRegenerate }: MessageArticleProps) {
  const say = useSay();
  const isWriting = message.metadata?.status === 'streaming';
  const isEmpty = !message.parts.some((part) => part.type !== 'step-start');
  return (
    <article aria-busy={isWriting} aria-label={say('message.assistant')} className="group">
      {message.parts.map((part, index) => (
        <MessagePart isWriting={isWriting} key={index} part={part} />
      ))}
      {isWriting && isEmpty && <WaitingDots />}
      <div className="mt-1 -ms-1.5 flex min-h-8 items-center gap-1">
        {!isWriting && <MessageActions message={message} onRegenerate={onRegenerate} />}
      </div>
    </article>
  );
}

function WaitingDots() {
  return (
    <div aria-hidden className="waiting-dots flex h-7 items-center gap-1">
      <span />
      <span />
      <span />
    </div>
  );
}
