'use client';

import { LocalTime } from '#components/ui/local-time';
import { useSpeech } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import type { RunUsage } from '#domain/run-view';

const detailsClass =
  'flex min-h-5 flex-wrap items-center gap-x-2 text-xs text-muted-foreground transition-opacity ' +
  'pointer-fine:opacity-0 pointer-fine:group-focus-within/message:opacity-100 pointer-fine:group-hover/message:opacity-100';

/** When a message was written, and of an answer by which model and for how many tokens. With a mouse they show near it. */
export function MessageDetails({ message }: { message: ChatMessage }) {
  const { language } = useSpeech();
  const { metadata } = message;
  if (!metadata) return null;
  return (
    // No news for whoever listens to the conversation.
    <div aria-live="off" className={detailsClass}>
      <LocalTime instant={metadata.createdAt} language={language} />
      {metadata.model !== undefined && <span>{modelNameOf(metadata.model)}</span>}
      {metadata.usage && metadata.status !== 'streaming' && <Tokens usage={metadata.usage} />}
    </div>
  );
}

function Tokens({ usage }: { usage: RunUsage }) {
  const { say } = useSpeech();
  const { inputTokens: input, outputTokens: output, totalTokens: count, estimated } = usage;
  const sum = say(estimated ? 'message.tokensEstimated' : 'message.tokens', { count });
  return (
    <span>
      {sum} ({say('message.tokensInOut', { input, output })})
    </span>
  );
}

/** @param model "provider:model" */
function modelNameOf(model: string): string {
  return model.slice(model.indexOf(':') + 1);
}
