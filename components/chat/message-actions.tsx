'use client';

import { Check, Copy, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#components/ui/button';
import type { ChatMessage } from '#domain/message-view';
import { textOf } from './message-text.ts';

const copiedForMs = 1_500;
const outcomes = { failed: 'Failed', aborted: 'Stopped' } as const;

export type MessageActionsProps = { message: ChatMessage; onRegenerate?: (() => void) | undefined };

/** What can be done with a finished answer, and how it ended when it did not end well. */
export function MessageActions({ message, onRegenerate }: MessageActionsProps) {
  const [copied, setCopied] = useState(false);
  const status = message.metadata?.status;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(textOf(message));
    } catch {
      toast.error('The browser did not allow access to the clipboard.');
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), copiedForMs);
  };
  return (
    <>
      <Button aria-label="Copy" onClick={() => void copy()} size="smallIcon" title="Copy" variant="quiet">
        {copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
      </Button>
      {onRegenerate && (
        <Button aria-label="Regenerate" onClick={onRegenerate} size="smallIcon" title="Regenerate" variant="quiet">
          <RefreshCw aria-hidden className="size-4" />
        </Button>
      )}
      {(status === 'failed' || status === 'aborted') && (
        <span className="ml-1 text-sm text-muted-foreground">{outcomes[status]}</span>
      )}
    </>
  );
}
