'use client';

import { FileText, RefreshCw } from 'lucide-react';
import { CopyButton } from '#components/clipboard/copy-button';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { useMessageControls } from './message-controls.ts';
import { markdownOf } from './message-markdown.ts';
import { textOf } from './message-text.ts';

/** What can be done with a finished answer. */
export function MessageActions({ message }: { message: ChatMessage }) {
  const say = useSay();
  const { lastAnswerId, answerAgain, pending } = useMessageControls();
  return (
    <>
      <CopyButton label={say('message.copy')} write={() => navigator.clipboard.writeText(textOf(message))} />
      <CopyButton
        icon={FileText}
        label={say('message.copyMarkdown')}
        write={() => navigator.clipboard.writeText(markdownOf(message, say))}
      />
      {lastAnswerId === message.id && (
        <Button
          aria-label={say('message.regenerate')}
          disabled={pending !== null}
          onClick={() => answerAgain('regenerate')}
          size="smallIcon"
          title={say('message.regenerate')}
          variant="quiet"
        >
          <RefreshCw aria-hidden className="size-4" />
        </Button>
      )}
    </>
  );
}
