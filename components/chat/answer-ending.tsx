import { CircleStop, TriangleAlert } from 'lucide-react';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { useMessageControls } from './message-controls.ts';

/** That an answer did not end well, and why. Of the last answer the line above the message box tells it. */
export function AnswerEnding({ message: { id, metadata } }: { message: ChatMessage }) {
  const say = useSay();
  const { toldAnswerId } = useMessageControls();
  const isFailed = metadata?.status === 'failed';
  if (id === toldAnswerId || (!isFailed && metadata?.status !== 'aborted')) return null;
  const Icon = isFailed ? TriangleAlert : CircleStop;
  const what = say(isFailed ? 'message.failed' : 'message.stopped');
  return (
    <p className="mt-2 flex items-baseline gap-2 text-sm text-muted-foreground">
      <Icon aria-hidden className={`size-4 shrink-0 translate-y-0.5 ${isFailed ? 'text-danger' : ''}`} />
      <span className="min-w-0">{metadata.error ? `${what} · ${say(`failure.${metadata.error.code}`)}` : what}</span>
    </p>
  );
}
