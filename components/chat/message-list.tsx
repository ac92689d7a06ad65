'use client';

import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';
import type { Outgoing } from './draft-state.ts';
import { EarlierMessages } from './earlier-messages.tsx';
import { MessageArticle } from './message-article.tsx';

export type MessageListProps = {
  messages: readonly ChatMessage[];
  run: RunView | null;
  /** the message on its way, shown after the others until it is one of them */
  sending: Outgoing | null;
  onRegenerate: () => void;
  /** shown while there is none */
  greeting: ReactNode;
};

/** So many of the last messages are rendered at once, by the server too: more than fit on a screen. */
const renderedAtOnce = 20;

/** The messages of a conversation. A message keeps its element from "sending" on. */
export function MessageList({ messages, run, sending, onRegenerate, greeting }: MessageListProps) {
  const regenerate = useStableCallback(onRegenerate);
  const [earlierCount] = useState(Math.max(0, messages.length - renderedAtOnce));
  const isKnown = messages.some(({ id }) => id === sending?.id);
  const shown = sending && !isKnown ? [...messages, toMessage(sending)] : messages;
  if (shown.length === 0) return greeting;
  const canRegenerate = run?.status === 'succeeded' || run?.status === 'aborted';
  return (
    <>
      {earlierCount > 0 && <EarlierMessages messages={shown.slice(0, earlierCount)} />}
      {shown.slice(earlierCount).map((message) => (
        <MessageArticle
          isSending={message.id === sending?.id && !isKnown}
          key={message.id}
          message={message}
          onRegenerate={canRegenerate && message.id === run.assistantMessageId ? regenerate : undefined}
        />
      ))}
    </>
  );
}

function toMessage({ id, text }: Outgoing): ChatMessage {
  return { id, role: 'user', parts: [{ type: 'text', text }] };
}

/** The same function for the life of the component, so that finished messages are not rendered again. */
function useStableCallback(callback: () => void): () => void {
  const latest = useRef(callback);
  useEffect(() => {
    latest.current = callback;
  });
  return useCallback(() => latest.current(), []);
}
