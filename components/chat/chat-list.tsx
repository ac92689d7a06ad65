'use client';

import { Archive, ArrowLeft, PanelLeftClose, Search, SquarePen } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { use, useState, type KeyboardEvent } from 'react';
import { AccountMenu } from '#components/auth/account-menu';
import { KeyHint } from '#components/shortcuts/key-hint';
import { Brand } from '#components/ui/brand';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import { ArchivedChats } from './archived-chats.tsx';
import { chatIdIn } from './chat-address.ts';
import { CurrentChats } from './current-chats.tsx';
import { ShellContext } from './shell-context.ts';

/** The panel with the caller's chats. */
export function ChatList() {
  const say = useSay();
  const { newChat, toggleSidebar } = use(ShellContext);
  const openChatId = chatIdIn(usePathname());
  const [showsArchive, setShowsArchive] = useState(false);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-14 shrink-0 items-center justify-between ps-4 pe-2">
        <Brand />
        <Button
          aria-label={say('chats.close')}
          className="max-md:hidden"
          onClick={toggleSidebar}
          size="icon"
          title={say('chats.close')}
          variant="quiet"
        >
          <PanelLeftClose aria-hidden className="size-5 rtl:-scale-x-100" />
        </Button>
      </div>
      <div className="space-y-1 px-2 pb-2">
        <Button className="w-full justify-start" onClick={newChat}>
          <SquarePen aria-hidden className="size-4" />
          {say('chats.new')}
        </Button>
        <SearchButton />
      </div>
      <nav aria-label={say('chats.nav')} className="min-h-0 flex-1 overflow-y-auto px-2 pb-2" onKeyDown={moveByArrows}>
        {showsArchive ? <ArchivedChats openChatId={openChatId} /> : <CurrentChats openChatId={openChatId} />}
      </nav>
      <div className="border-t border-border p-2">
        <Button className="w-full justify-start" onClick={() => setShowsArchive(!showsArchive)} variant="quiet">
          {showsArchive ? <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" /> : <Archive aria-hidden className="size-4" />}
          {say(showsArchive ? 'chats.archived.back' : 'chats.archived')}
        </Button>
        <AccountMenu />
      </div>
    </div>
  );
}

function SearchButton() {
  const say = useSay();
  const { openPalette } = use(ShellContext);
  return (
    <Button aria-haspopup="dialog" className="w-full justify-start" onClick={() => openPalette()} variant="quiet">
      <Search aria-hidden className="size-4" />
      {say('chats.search')}
      <KeyHint className="ms-auto pointer-coarse:hidden" name="palette" />
    </Button>
  );
}

/** Up and down from line to line, in the order that the eye sees. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-chat-line]')];
  const at = lines.findIndex((line) => line === event.target);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  lines[at + step]?.focus();
}
