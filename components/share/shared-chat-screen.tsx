'use client';

import { Link2 } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { ApiProvider } from '#components/api/api-provider';
import { useOnline } from '#components/api/use-online.ts';
import { Conversation, ScrollToEndScript } from '#components/chat/conversation';
import { MessageControlsContext, readOnlyControls } from '#components/chat/message-controls.ts';
import { MessageList } from '#components/chat/message-list';
import { bareShell, ShellContext } from '#components/chat/shell-context.ts';
import { prepareRichMarkdown } from '#components/chat/use-rich-markdown.ts';
import { type RunPhase, runPhase } from '#components/runs/run-phase.ts';
import { RunStatusLine } from '#components/runs/run-status-line';
import { useDisconnected } from '#components/runs/use-disconnected.ts';
import { type RunFollower, useRun } from '#components/runs/use-run.ts';
import { Announcements } from '#components/ui/announcements';
import { Brand } from '#components/ui/brand';
import { Notice } from '#components/ui/notice';
import { Toasts } from '#components/ui/toasts';
import { useSay } from '#components/words/words-context';
import { isActive } from '#domain/run-status';
import type { SharedChatView } from '#domain/share-view';
import { useShareSource } from './use-share-source.ts';

export type SharedChatScreenProps = {
  token: string;
  view: SharedChatView;
  /** lets scripts inside the server's HTML run under the Content-Security-Policy */
  scriptNonce: string | undefined;
};

/** A chat for whoever has its link: to be read, live, and nothing else. */
export function SharedChatScreen({ token, view, scriptNonce }: SharedChatScreenProps) {
  const shell = useMemo(() => ({ ...bareShell, scriptNonce }), [scriptNonce]);
  return (
    <ApiProvider>
      <ShellContext value={shell}>
        <SharedChat token={token} view={view} />
      </ShellContext>
      <Toasts />
      <Announcements />
    </ApiProvider>
  );
}

function SharedChat({ token, view }: Omit<SharedChatScreenProps, 'scriptNonce'>) {
  const say = useSay();
  const chat = useRun(useShareSource(token), view);
  const { messages, run, ended } = chat;
  const phase = useReadPhase(chat);
  const toldAnswerId = run?.assistantMessageId ?? null;
  const controls = useMemo(() => readOnlyControls(toldAnswerId), [toldAnswerId]);
  useEffect(prepareRichMarkdown, []);
  if (ended === 'NOT_FOUND') return <EndedShare />;
  return (
    <main className="flex h-dvh flex-col">
      <SharedChatTop title={view.title || say('chats.untitled')} />
      <Conversation
        bring={controls.branches.bring}
        holds={(messageId) => messages.some(({ id }) => id === messageId)}
        sendingId={null}
      >
        <MessageControlsContext value={controls}>
          <MessageList
            greeting={<p className="m-auto text-muted-foreground">{say('share.nothing')}</p>}
            messages={messages}
            sending={null}
          />
        </MessageControlsContext>
      </Conversation>
      <div className="mx-auto w-full max-w-3xl px-3 py-2 md:px-4">
        <RunStatusLine phase={phase} refusal={null} run={run} stoppedBy={null}>
          {null}
        </RunStatusLine>
      </div>
      <ScrollToEndScript />
    </main>
  );
}

/** What the turn is doing, for who only reads. */
function useReadPhase({ run, messages, connected }: RunFollower): RunPhase {
  const disconnected = useDisconnected(connected);
  const isOnline = useOnline();
  // Nothing is typed here that somebody would have to be told about while offline.
  const offline = !isOnline && run !== null && isActive(run.status);
  return runPhase({ run, messages, sending: false, stopping: false, disconnected, offline });
}

function SharedChatTop({ title }: { title: string }) {
  const say = useSay();
  return (
    <>
      <title>{say('page.title', { title })}</title>
      <header className="flex h-14 shrink-0 items-center gap-4 border-b border-border px-4">
        <a className="rounded-sm max-md:hidden" href="/" title={say('share.home')}>
          <Brand />
        </a>
        <h1 className="min-w-0 flex-1 truncate text-sm font-medium" dir="auto">
          {title}
        </h1>
        <p className="flex shrink-0 items-center gap-1.5 text-sm text-muted-foreground">
          <Link2 aria-hidden className="size-4" />
          {say('share.readOnly')}
        </p>
      </header>
    </>
  );
}

/** Said at once, in place of what may no longer be read. */
function EndedShare() {
  const say = useSay();
  return (
    <main>
      <title>{say('page.title', { title: say('share.over.title') })}</title>
      <div role="alert">
        <Notice title={say('share.over.title')} wayOut={say('share.home')}>
          {say('share.over.text')}
        </Notice>
      </div>
    </main>
  );
}
