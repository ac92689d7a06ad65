'use client';

import { Check, Copy, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { textOf } from './message-text.ts';

const copiedForMs = 1_500;
const outcomes = { failed: 'message.failed', aborted: 'message.stopped' } as const;

export type MessageActionsProps = { message: ChatMessage; onRegenerate?: (() => void) | undefined };

/** What can be done with a finished answer, and how it ended when it did not end well. */
export function MessageActions({ message, onRegenerate }: MessageActionsProps) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const status = message.metadata?.status;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(textOf(message));
    } catch {
      toast.error(say('message.copy.refused'));
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), copiedForMs);
  };
  return (
    <>
      <Button
        aria-label={say('message.copy')}
        onClick={() => void copy()}
        size="smallIcon"
        title={say('message.copy')}
        variant="quiet"
      >
        {copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
      </Button>
      {onRegenerate && (
        <Button
          aria-label={say('message.regenerate')}
          onClick={onRegenerate}
          size="smallIcon"
          title={say('message.regenerate')}
          variant="quiet"
        >
          <RefreshCw aria-hidden className="size-4" />
        </Button>
      )}
      {(status === 'failed' || status === 'aborted') && (
        <span className="ms-1 text-sm text-muted-foreground">{say(outcomes[status])}</span>
      )}
    </>
  );
}
