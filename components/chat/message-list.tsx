'use client';

import { useState, type ReactNode } from 'react';
import type { ChatMessage } from '#domain/message-view';
import { partsOf } from './attachment.ts';
import type { Outgoing } from './draft-state.ts';
import { EarlierMessages } from './earlier-messages.tsx';
import { MessageArticle } from './message-article.tsx';

export type MessageListProps = {
  messages: readonly ChatMessage[];
  /** the message on its way, shown after the others until it is one of them */
  sending: Outgoing | null;
  /** shown while there is none */
  greeting: ReactNode;
};

/** So many of the last messages are rendered at once, by the server too: more than fit on a screen. */
const renderedAtOnce = 20;

/** The messages of a conversation. A message keeps its element from "sending" on. */
export function MessageList({ messages, sending, greeting }: MessageListProps) {
  const [countAtFirst] = useState(Math.max(0, messages.length - renderedAtOnce));
  const isKnown = messages.some(({ id }) => id === sending?.id);
  const shown = sending && !isKnown ? [...messages, toMessage(sending)] : messages;
  if (shown.length === 0) return greeting;
  // Another branch may be shorter: its last messages are no earlier ones.
  const earlierCount = Math.min(countAtFirst, Math.max(0, shown.length - renderedAtOnce));
  return (
    <>
      {earlierCount > 0 && <EarlierMessages messages={shown.slice(0, earlierCount)} />}
      {shown.slice(earlierCount).map((message) => (
        <MessageArticle
          isSending={message.id === sending?.id && !isKnown}
          key={message.id}
          message={message}
        />
      ))}
    </>
  );
}

function toMessage(outgoing: Outgoing): ChatMessage {
  return { id: outgoing.id, role: 'user', parts: partsOf(outgoing) };
}
