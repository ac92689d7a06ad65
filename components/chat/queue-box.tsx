import { Clock, Paperclip, Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button';
import type { Say } from '#components/words/say.ts';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { fileNamesOf, textOf } from './message-text.ts';

export type QueueBoxProps = {
  /** how many wait, and how many of them for a person's word */
  count: number;
  paused: number;
  /** an answer is being written */
  busy: boolean;
  /** null while it cannot be done */
  onResume: (() => void) | null;
  /** a line for each message */
  children: ReactNode;
  /** what went wrong; said at once */
  trouble: ReactNode;
};

const boxClass = 'mt-1 mb-2 overflow-hidden rounded-xl border border-border bg-card text-sm';

/** The frame around what waits to be sent. */
export function QueueBox({ count, paused, busy, onResume, children, trouble }: QueueBoxProps) {
  const say = useSay();
  const Icon = paused > 0 ? Pause : Clock;
  return (
    <section aria-label={say('queue.section')} className={boxClass}>
      <div className="flex min-h-9 flex-wrap items-center gap-2 px-3 py-1 text-muted-foreground">
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <p className="min-w-0 flex-1">{sayQueue(say, { count, paused })}</p>
        {paused > 0 && (
          <Button disabled={onResume === null} onClick={onResume ?? undefined} size="small">
            {say(busy ? 'queue.resume' : 'queue.resumeNow')}
          </Button>
        )}
      </div>
      <ol className="max-h-[30dvh] overflow-y-auto border-t border-border">{children}</ol>
      <div className="flex flex-wrap items-center gap-2 px-3 pb-2 text-danger empty:hidden" role="alert">
        {trouble}
      </div>
    </section>
  );
}

/** How many wait, and what for; nothing when there is none. */
export function sayQueue(say: Say, { count, paused }: Pick<QueueBoxProps, 'count' | 'paused'>): string {
  if (count === 0) return '';
  return paused > 0 ? say('queue.paused', { count: paused }) : say('queue.waiting', { count });
}

/** A message that nothing can be done about yet; as high and as wide as one with its buttons. */
export function QueuedLine({ parts, isNew = false }: Pick<ChatMessage, 'parts'> & { isNew?: boolean }) {
  return (
    <li aria-busy={isNew || undefined} className={`${lineClass} pe-23 ${isNew ? 'opacity-60' : ''}`}>
      <QueuedText parts={parts} />
    </li>
  );
}

export const lineClass = 'flex min-h-11 items-center gap-1 border-border px-3 py-1 not-first:border-t';

/** Its files, and as much of its text as two lines hold. */
export function QueuedText({ parts }: Pick<ChatMessage, 'parts'>) {
  const files = fileNamesOf({ parts });
  return (
    <div className="min-w-0 flex-1">
      {files.length > 0 && (
        <p className="flex items-center gap-1.5 text-muted-foreground">
          <Paperclip aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate" dir="auto">
            {files.join(', ')}
          </span>
        </p>
      )}
      <p className="line-clamp-2 wrap-anywhere empty:hidden" dir="auto">
        {textOf({ parts })}
      </p>
    </div>
  );
}
