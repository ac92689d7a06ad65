'use client';

import { Check, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';

const copiedForMs = 1_500;

export type CopyButtonProps = { name: string; icon: LucideIcon; textOf: () => string | Promise<string> };

/** Puts a text into the clipboard, and says so for a moment. */
export function CopyButton({ name, icon, textOf }: CopyButtonProps) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await copyText(textOf());
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

/** A text that is still fetched is promised: Safari takes it only while the click is fresh. */
async function copyText(text: string | Promise<string>): Promise<void> {
  if (typeof text === 'string') return navigator.clipboard.writeText(text);
  const blob = text.then((fetched) => new Blob([fetched], { type: 'text/plain' }));
  return navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
}
