'use client';

import { CircleStop, StepForward, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { Button } from '#components/ui/button';
import { useSpeech } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { useMessageControls } from './message-controls.ts';

/**
 * How an answer ended that did not end well, and why; the way on from it where a branch ends with it. Of the chat's latest
 * answer the line above the message box tells this.
 */
export function AnswerEnding({ message }: { message: ChatMessage }) {
  const { say } = useSpeech();
  const { lastAnswerId, toldAnswerId } = useMessageControls();
  const { status, error } = message.metadata ?? {};
  if (message.id === toldAnswerId) return null;
  if (status !== 'failed' && status !== 'aborted') return null;
  const isFailed = status === 'failed';
  const Icon = isFailed ? TriangleAlert : CircleStop;
  return (
    <div className={`mt-2 rounded-lg border px-3 py-2 text-sm ${isFailed ? 'border-danger/40' : 'border-border'}`}>
      <p className="flex items-baseline gap-2">
        <Icon aria-hidden className={`size-4 shrink-0 translate-y-0.5 ${isFailed ? 'text-danger' : 'text-muted-foreground'}`} />
        <span className="min-w-0">
          <span className="font-medium">{say(isFailed ? 'message.failed' : 'message.stopped')}</span>
          {error && <span className="text-muted-foreground"> · {say(`failure.${error.code}`)}</span>}
        </span>
      </p>
      {lastAnswerId === message.id && <WayOn message={message} />}
    </div>
  );
}

function WayOn({ message }: { message: ChatMessage }) {
  const { say, language } = useSpeech();
  const { answerAgain, pending } = useMessageControls();
  const textId = useId();
  const tools = unfinishedTools(message);
  return (
    <>
      <p className="mt-1 text-muted-foreground" id={textId}>
        {tools.length > 0 && (
          <span className="text-foreground">
            {say('ending.warn', { count: tools.length, tools: new Intl.ListFormat(language).format(tools) })}{' '}
          </span>
        )}
        {say(hasCompletedStep(message) ? 'ending.afterStep' : 'ending.fromStart')}
      </p>
      <Button
        aria-busy={pending === 'continue'}
        aria-describedby={textId}
        className="mt-2"
        disabled={pending !== null}
        onClick={() => answerAgain('continue')}
        size="small"
      >
        <StepForward aria-hidden className="size-3.5 rtl:-scale-x-100" />
        {say('choice.continue')}
      </Button>
    </>
  );
}

/** The last step is the one that broke off. */
const hasCompletedStep = ({ parts }: ChatMessage) => parts.filter(({ type }) => type === 'step-start').length > 1;

/** Names of the tools that acted in the step that broke off, each once. */
function unfinishedTools({ metadata }: ChatMessage): string[] {
  const open = (metadata?.toolsActed ?? []).filter(({ stepCompleted }) => !stepCompleted);
  return [...new Set(open.map(({ toolName }) => toolName))];
}
