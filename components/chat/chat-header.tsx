'use client';

import { PanelLeft, SquarePen } from 'lucide-react';
import { type ReactNode, use } from 'react';
import { Button } from '#components/ui/button';
import { classNames } from '#components/ui/class-names.ts';
import { useSay } from '#components/words/words-context';
import { ShellContext } from './shell-context.ts';

const headerClass = 'flex h-14 shrink-0 items-center gap-1 border-b px-2 md:px-4';

/** The line above a conversation; on narrow screens also the way to the other chats. */
export function ChatHeader({ title, children }: { title: string; children?: ReactNode }) {
  const say = useSay();
  const { isSidebarOpen, newChat, openList } = use(ShellContext);
  return (
    <header className={classNames(headerClass, title === '' && 'border-transparent')}>
      <Button
        aria-label={say('chats.open')}
        className={isSidebarOpen ? 'md:hidden' : undefined}
        onClick={openList}
        size="icon"
        title={say('chats.open')}
        variant="quiet"
      >
        <PanelLeft aria-hidden className="size-5 rtl:-scale-x-100" />
      </Button>
      <h1 className="min-w-0 flex-1 truncate px-1 text-sm font-medium">{title}</h1>
      {children}
      <Button
        aria-label={say('chats.new')}
        className={isSidebarOpen ? 'md:hidden' : undefined}
        onClick={newChat}
        size="icon"
        title={say('chats.new')}
        variant="quiet"
      >
        <SquarePen aria-hidden className="size-5" />
      </Button>
    </header>
  );
}
