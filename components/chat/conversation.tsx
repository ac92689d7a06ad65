'use client';

import { ArrowDown } from 'lucide-react';
import { use, useEffect, type ReactNode } from 'react';
import { useStickToBottom } from 'use-stick-to-bottom';
import { Button } from '#components/ui/button';
import { InlineScript } from '#components/ui/inline-script';
import { useSay } from '#components/words/words-context';
import { ShellContext } from './shell-context.ts';
import { useAimedMessage } from './use-aimed-message.ts';
import { useGrowthBelow } from './use-growth-below.ts';

export type ConversationProps = {
  /** the message on its way, which brings the end into sight */
  sendingId: string | null;
  /** whether a message is one of those shown */
  holds: (messageId: string) => boolean;
  /** Have the branch with a message shown. @returns whether that was done */
  bring: (messageId: string) => Promise<boolean>;
  children: ReactNode;
};

/** Text that grows must not swim. */
const motion = { initial: 'instant', resize: 'instant' } as const;

/** The scrolling list of messages; opens at its end and stays there while the end grows, unless scrolled away. */
export function Conversation({ sendingId, holds, bring, children }: ConversationProps) {
  const say = useSay();
  const { scrollRef, contentRef, isAtBottom, scrollToBottom, stopScroll } = useStickToBottom(motion);
  useEffect(() => {
    if (sendingId !== null) void scrollToBottom('instant');
  }, [scrollToBottom, sendingId]);
  const jump = () => {
    void scrollToBottom('instant');
    // The button is gone then.
    scrollRef.current?.focus({ preventScroll: true });
  };
  useAimedMessage({ log: scrollRef, leaveEnd: stopScroll, holds, bring });
  return (
    <div className="relative min-h-0 flex-1">
      <div
        aria-label={say('conversation.log')}
        className="size-full overflow-y-auto overscroll-contain [scrollbar-gutter:stable_both-edges]"
        ref={scrollRef}
        role="log"
        // A region that scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        <div className="mx-auto flex min-h-full max-w-3xl flex-col gap-6 px-4 pt-6 pb-8" ref={contentRef}>
          {children}
        </div>
      </div>
      {!isAtBottom && <JumpToLatest content={contentRef} onJump={jump} />}
    </div>
  );
}

type JumpToLatestProps = { content: { readonly current: HTMLElement | null }; onJump: () => void };

/** Mounted while the end is out of sight; says when something was written there meanwhile. */
function JumpToLatest({ content, onJump }: JumpToLatestProps) {
  const say = useSay();
  const hasNews = useGrowthBelow(content);
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <Button className="appear pointer-events-auto rounded-full shadow-md" onClick={onJump}>
        <ArrowDown aria-hidden className="size-4" />
        {say('conversation.toEnd')}
        {hasNews && (
          <span className="rounded-full bg-primary px-1.5 text-xs text-primary-foreground">{say('conversation.news')}</span>
        )}
      </Button>
    </div>
  );
}

/** Shows the end of the server's HTML before the first paint. To be rendered after all that takes up height. */
export function ScrollToEndScript() {
  const { scriptNonce } = use(ShellContext);
  const code = `{const log=document.querySelector('[role=log]');log.scrollTop=log.scrollHeight}`;
  return <InlineScript code={code} nonce={scriptNonce} />;
}
