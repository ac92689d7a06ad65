'use client';

import { Copy, FileText, RefreshCw } from 'lucide-react';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { CopyButton } from './copy-button.tsx';
import { useMessageControls } from './message-controls.ts';
import { markdownOf } from './message-markdown.ts';
import { textOf } from './message-text.ts';

/** What can be done with a finished answer. */
export function MessageActions({ message }: { message: ChatMessage }) {
  const say = useSay();
  const { lastAnswerId, answerAgain, pending } = useMessageControls();
  return (
    <>
      <CopyButton icon={Copy} name={say('message.copy')} textOf={() => textOf(message)} />
      <CopyButton icon={FileText} name={say('message.copyMarkdown')} textOf={() => markdownOf(message, say)} />
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
