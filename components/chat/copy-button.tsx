'use client';

import { Check, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';

const copiedForMs = 1_500;

export type CopyButtonProps = { name: string; icon: LucideIcon; textOf: () => string };

/** Puts a text into the clipboard, and says so for a moment. */
export function CopyButton({ name, icon, textOf }: CopyButtonProps) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(textOf());
    } catch {
      toast.error(say('message.copy.refused'));
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), copiedForMs);
  };
  const Icon = copied ? Check : icon;
  return (
    <Button aria-label={name} onClick={() => void copy()} size="smallIcon" title={name} variant="quiet">
      <Icon aria-hidden className="size-4" />
    </Button>
  );
}
