'use client';

import { Check, Copy, type LucideIcon } from 'lucide-react';
import { Button } from '#components/ui/button';
import { classNames } from '#components/ui/class-names.ts';
import { useCopy } from './use-copy.ts';

export type CopyButtonProps = {
  label: string;
  /** puts something into the clipboard */
  write: () => Promise<void>;
  icon?: LucideIcon;
  className?: string;
};

/** An icon that copies. */
export function CopyButton({ label, write, icon = Copy, className }: CopyButtonProps) {
  const { isCopied, copy } = useCopy(write);
  const Icon = isCopied ? Check : icon;
  return (
    <Button aria-label={label} className={className} onClick={copy} size="smallIcon" title={label} variant="quiet">
      <Icon aria-hidden className={classNames('size-4', isCopied && 'text-success')} />
    </Button>
  );
}
