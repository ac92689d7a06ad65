'use client';

import { Clock, Pause } from 'lucide-react';
import { reasonOf } from '#components/api/api-error.ts';
import type { RunStateChange } from '#components/runs/run-state.ts';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import type { Outgoing } from './draft-state.ts';
import { QueuedMessage, QueuedText } from './queued-message.tsx';
import { useQueueActions } from './use-queue-actions.ts';
import { useQueueEdit } from './use-queue-edit.ts';

export type MessageQueueProps = {
  chatId: string;
  queued: readonly ChatMessage[];
  /** a message on its way into the queue */
  sending: Outgoing | null;
  /** an answer is being written */
  busy: boolean;
  apply: (change: RunStateChange) => void;
  /** words whose message has left the queue meanwhile */
  onKept: (text: string) => void;
};

const boxClass = 'mt-1 mb-2 overflow-hidden rounded-xl border border-border bg-card text-sm';

/** What waits to be sent: to read, to change and to take back. Stays mounted while nothing waits. */
export function MessageQueue({ chatId, queued, sending, busy, apply, onKept }: MessageQueueProps) {
  const say = useSay();
  const editor = useQueueEdit({ chatId, queued, onKept });
  const { remove, resume, isResuming, error } = useQueueActions(chatId, apply);
  const isNew = sending !== null && !queued.some(({ id }) => id === sending.id);
  const count = queued.length + Number(isNew);
  if (count === 0) return null;
  const paused = queued.filter(({ metadata }) => metadata?.queue?.paused).length;
  const refused = error ?? editor.error;
  const Icon = paused > 0 ? Pause : Clock;
  return (
    <section aria-label={say('queue.section')} className={boxClass}>
      <div className="flex min-h-9 flex-wrap items-center gap-2 px-3 py-1 text-muted-foreground">
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <p aria-live="polite" className="min-w-0 flex-1">
          {paused > 0 ? say('queue.paused', { count: paused }) : say('queue.waiting', { count })}
        </p>
        {paused > 0 && (
          <Button disabled={isResuming} onClick={resume} size="small">
            {say(busy ? 'queue.resume' : 'queue.sendNow')}
          </Button>
        )}
      </div>
      <ol className="max-h-[30dvh] overflow-y-auto border-t border-border">
        {queued.map((message) => (
          <QueuedMessage editor={editor} key={message.id} message={message} onRemove={remove} />
        ))}
        {isNew && (
          <li aria-busy className="flex min-h-10 items-center border-border px-3 opacity-60 not-first:border-t">
            <QueuedText text={sending.text} />
          </li>
        )}
      </ol>
      <p className="px-3 pb-2 text-danger empty:hidden" role="alert">
        {refused ? say('queue.failed', { why: say(`refusal.${reasonOf(refused)}`) }) : null}
      </p>
    </section>
  );
}
