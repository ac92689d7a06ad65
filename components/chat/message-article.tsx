import { memo } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { AnswerEnding } from './answer-ending.tsx';
import { messageAnchor } from './chat-address.ts';
import { MessageActions } from './message-actions.tsx';
import { MessageDetails } from './message-details.tsx';
import { MessagePart } from './message-part.tsx';
import { SourceList } from './source-list.tsx';
import { useHeldHeight } from './use-held-height.ts';
import { UserArticle } from './user-article.tsx';
import { VersionSwitcher } from './version-switcher.tsx';

export type MessageArticleProps = {
  message: ChatMessage;
  /** on its way to the server */
  isSending?: boolean;
};

/** In the line of the buttons: at its end where there is room, else only the versions. Below what grows nothing is to be seen. */
const detailsClass =
  'relative flex flex-wrap items-center gap-x-3 lg:absolute lg:end-0 lg:bottom-0 lg:min-h-8 lg:flex-row-reverse ' +
  'max-lg:*:[[role=group]]:absolute max-lg:*:[[role=group]]:end-0 max-lg:*:[[role=group]]:bottom-full max-lg:*:[[role=group]]:h-8';

/** One message of the conversation. */
export const MessageArticle = memo(function MessageArticle({ message, isSending = false }: MessageArticleProps) {
  if (message.role === 'user') return <UserArticle isSending={isSending} message={message} />;
  return (
    <div className="group/message relative">
      <AssistantArticle message={message} />
      <div className={classNames(detailsClass, message.metadata?.status === 'streaming' && 'not-focus-within:invisible')}>
        <VersionSwitcher message={message} />
        <MessageDetails message={message} />
      </div>
    </div>
  );
});

function AssistantArticle({ message }: { message: ChatMessage }) {
  const say = useSay();
  const isWriting = message.metadata?.status === 'streaming';
  const isEmpty = !message.parts.some((part) => part.type !== 'step-start');
  const article = useHeldHeight(isWriting);
  return (
    <article aria-busy={isWriting} aria-label={say('message.assistant')} id={messageAnchor(message.id)} ref={article}>
      {message.parts.map((part, index) => (
        <MessagePart isWriting={isWriting} key={index} part={part} />
      ))}
      {isWriting && isEmpty && <WaitingDots />}
      <SourceList parts={message.parts} />
      {!isWriting && <AnswerEnding message={message} />}
      <div className="mt-1 -ms-1.5 flex min-h-8 items-center gap-1">{!isWriting && <MessageActions message={message} />}</div>
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
