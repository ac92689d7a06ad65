'use client';

import { memo, startTransition, useEffect, useState } from 'react';
import { whenIdle } from '#components/ui/when-idle.ts';
import type { ChatMessage } from '#domain/message-view';
import { MessageArticle } from './message-article.tsx';
import { useRichMarkdown } from './use-rich-markdown.ts';

/** Few enough that a step is over before a key has to wait for it. */
const messagesPerGroup = 6;
/** Of a group that has not been rendered yet; keeps the scroll bar about where it will be. */
const usualHeightRem = 90;

type EarlierMessagesProps = { messages: readonly ChatMessage[] };

/**
 * The beginning of a long conversation. It is rendered from its end on, a group at a time, while the page has nothing
 * else to do: so a chat opens as fast as its last screens, and soon all of it can be found and scrolled to. What is out
 * of sight costs no layout and no paint.
 */
export const EarlierMessages = memo(function EarlierMessages({ messages }: EarlierMessagesProps) {
  const count = Math.ceil(messages.length / messagesPerGroup);
  const [missing, setMissing] = useState(count);
  const isReady = useRichMarkdown() !== undefined;
  useEffect(() => {
    if (missing === 0 || !isReady) return;
    return whenIdle(() => startTransition(() => setMissing(missing - 1)));
  }, [isReady, missing]);
  const groups = Array.from({ length: Math.max(0, count - missing) }, (_, index) => missing + index);
  return (
    // These are no news, though they come late: nothing to be read out.
    <div aria-live="off" className="flex flex-col gap-6">
      {missing > 0 && <div aria-hidden style={{ height: `${missing * usualHeightRem}rem` }} />}
      {groups.map((group) => (
        <div
          className="flex flex-col gap-6 [content-visibility:auto] [overflow-clip-margin:1rem] [contain-intrinsic-block-size:auto_90rem]"
          key={group}
        >
          {messages.slice(group * messagesPerGroup, (group + 1) * messagesPerGroup).map((message) => (
            <MessageArticle key={message.id} message={message} />
          ))}
        </div>
      ))}
    </div>
  );
}, isSame);

function isSame(before: EarlierMessagesProps, { messages }: EarlierMessagesProps): boolean {
  return before.messages.length === messages.length && before.messages.every((message, i) => message === messages[i]);
}
