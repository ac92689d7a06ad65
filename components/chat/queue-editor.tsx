'use client';

import { reasonOf } from '#components/api/api-error.ts';
import { useSay } from '#components/words/words-context';
import { partsOf } from './attachment.ts';
import { focusMessageBoxByKeyboard } from './message-box.ts';
import type { MessageQueueProps } from './message-queue.tsx';
import { QueueBox, QueuedLine } from './queue-box.tsx';
import { QueuedMessage } from './queued-message.tsx';
import { useQueueActions } from './use-queue-actions.ts';
import { useQueueEdit } from './use-queue-edit.ts';

/** The queue with all that can be done about it. Stays mounted while nothing waits. */
export function QueueEditor({ chatId, queued, messages, sending, busy, apply, onKept }: MessageQueueProps) {
  const say = useSay();
  const editor = useQueueEdit({ chatId, queued, messages, onKept });
  const { remove, resume, isResuming, error } = useQueueActions(chatId, apply);
  const resumeNow = () => {
    resume();
    // The button that had the focus goes.
    focusMessageBoxByKeyboard();
  };
  const count = queued.length + (sending ? 1 : 0);
  if (count === 0) return null;
  const paused = queued.filter(({ metadata }) => metadata?.queue?.paused).length;
  const refused = error ?? editor.error;
  const trouble = refused ? say('queue.failed', { why: say(`refusal.${reasonOf(refused)}`) }) : null;
  return (
    <QueueBox busy={busy} count={count} onResume={isResuming ? null : resumeNow} paused={paused} trouble={trouble}>
      {queued.map((message) => (
        <QueuedMessage editor={editor} key={message.id} message={message} onRemove={remove} />
      ))}
      {sending && <QueuedLine isNew parts={partsOf(sending)} />}
    </QueueBox>
  );
}
