'use client';

import { ArrowDown } from 'lucide-react';
import { use, useEffect, type ReactNode } from 'react';
import { useStickToBottom } from 'use-stick-to-bottom';
import { Button } from '#components/ui/button';
import { InlineScript } from '#components/ui/inline-script';
import { useSay } from '#components/words/words-context';
import { ShellContext } from './shell-context.ts';

export type ConversationProps = {
  /** the message on its way, which brings the end into sight */
  sendingId: string | null;
  children: ReactNode;
};

/** Text that grows must not swim. */
const motion = { initial: 'instant', resize: 'instant' } as const;

/** The scrolling list of messages; opens at its end and stays there while the end grows, unless scrolled away. */
export function Conversation({ sendingId, children }: ConversationProps) {
  const say = useSay();
  const { scrollRef, contentRef, isAtBottom, scrollToBottom } = useStickToBottom(motion);
  useEffect(() => {
    if (sendingId !== null) void scrollToBottom('instant');
  }, [scrollToBottom, sendingId]);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        aria-label={say('conversation.log')}
        className="size-full overflow-y-auto [scrollbar-gutter:stable_both-edges]"
        ref={scrollRef}
        role="log"
        // A region that scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        <div className="mx-auto flex min-h-full max-w-3xl flex-col gap-5 px-4 pt-6 pb-8" ref={contentRef}>
          {children}
        </div>
      </div>
      {!isAtBottom && (
        <Button
          aria-label={say('conversation.toEnd')}
          className="appear absolute bottom-2 left-1/2 -translate-x-1/2 rounded-full shadow-md"
          onClick={() => void scrollToBottom()}
          size="icon"
        >
          <ArrowDown aria-hidden className="size-4" />
        </Button>
      )}
    </div>
  );
}

/** Shows the end of the server's HTML before the first paint. To be rendered after all that takes up height. */
export function ScrollToEndScript() {
  const { scriptNonce } = use(ShellContext);
  const code = `{const log=document.querySelector('[role=log]');log.scrollTop=log.scrollHeight}`;
  return <InlineScript code={code} nonce={scriptNonce} />;
}
