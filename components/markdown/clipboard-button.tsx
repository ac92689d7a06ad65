'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button';
import { classNames } from '#components/ui/class-names.ts';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';

const shownForMs = 2_000;

export type ClipboardButtonProps = {
  label: string;
  /** what to put there, or to have put there */
  copy: () => Promise<void>;
  className?: string;
};

/** Puts something into the clipboard and says that it did. */
export function ClipboardButton({ label, copy, className }: ClipboardButtonProps) {
  const say = useSay();
  const [isDone, setIsDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(setIsDone, shownForMs, false);
    return () => clearTimeout(timer);
  }, [isDone]);
  const onClick = () => {
    copy().then(
      () => setIsDone(true),
      () => toast.error(say('message.copy.refused')),
    );
  };
  const Icon = isDone ? Check : Copy;
  return (
    <>
      <Button aria-label={label} className={className} onClick={onClick} size="smallIcon" title={label} variant="quiet">
        <Icon aria-hidden className={classNames('size-3.5', isDone && 'text-success')} />
      </Button>
      <span aria-live="polite" className="sr-only">
        {isDone && say('markdown.copied')}
      </span>
    </>
  );
}
