'use client';

import { Command as Cmdk } from 'cmdk';
import { Search } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { Dialog as RadixDialog } from 'radix-ui';
import { useRef, useState, type KeyboardEvent } from 'react';
import { chatIdIn } from '#components/chat/chat-address.ts';
import { RenameChatDialog } from '#components/chat/rename-chat-dialog';
import { useChatListItem } from '#components/chat/use-chat-list.ts';
import { useSay } from '#components/words/words-context';
import { type Command, filterGroups } from './command.ts';
import { PaletteLines } from './palette-lines.tsx';
import { CommandGroupView } from './palette-item.tsx';
import type { PalettePage } from './palette-page.ts';
import { useChatCommands, useChoiceGroups, usePageCommands } from './use-commands.ts';

const contentClass =
  'appear fixed inset-x-0 top-[8dvh] z-50 mx-auto flex max-h-[min(36rem,84dvh)] w-[calc(100vw-1.5rem)] max-w-xl ' +
  'flex-col overflow-hidden rounded-xl border border-border bg-card shadow-xl max-md:top-3';

/** Everything by keyboard: commands, chats, and what was said in them. Mounted means open. */
export function Palette({ page, onClose }: { page?: PalettePage | undefined; onClose: () => void }) {
  const say = useSay();
  const [isRenaming, setIsRenaming] = useState(false);
  const chat = useChatListItem(chatIdIn(usePathname()));
  const focus = useFocusReturn();
  if (isRenaming && chat) return <RenameChatDialog chat={chat} onClose={onClose} />;
  return (
    <RadixDialog.Root onOpenChange={(open) => !open && onClose()} open>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="appear fixed inset-0 z-50 bg-scrim" />
        <RadixDialog.Content aria-describedby={undefined} className={contentClass} onCloseAutoFocus={focus.giveBack}>
          <RadixDialog.Title className="sr-only">{say('palette.title')}</RadixDialog.Title>
          <PaletteBody firstPage={page ?? null} onClose={onClose} onLeave={focus.leave} onRename={() => setIsRenaming(true)} />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

type PaletteBodyProps = {
  firstPage: PalettePage | null;
  onClose: () => void;
  onLeave: () => void;
  onRename: () => void;
};

function PaletteBody({ firstPage, onClose, onLeave, onRename }: PaletteBodyProps) {
  const say = useSay();
  const [page, setPage] = useState(firstPage);
  const [text, setText] = useState('');
  const query = text.trim();
  const choices = useChoiceGroups();
  const goTo = (next: PalettePage | null) => {
    setPage(next);
    setText('');
  };
  const run = (command: Command) => {
    if (!command.staysOpen) onClose();
    command.run();
  };
  const goBack = (event: KeyboardEvent) => {
    if (page === firstPage || (event.key !== 'Escape' && (event.key !== 'Backspace' || text !== ''))) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(firstPage);
  };
  const chat = useChatListItem(chatIdIn(usePathname()));
  const groups = [
    { title: say('palette.actions'), commands: usePageCommands(goTo) },
    { title: say('palette.thisChat'), commands: useChatCommands(chat, onRename) },
  ];
  const shown = page === null ? [...groups, ...(query === '' ? [] : Object.values(choices))] : [choices[page]];
  const left = filterGroups(shown, query);
  return (
    <Cmdk className="flex min-h-0 flex-col" label={say('palette.title')} loop onKeyDown={goBack} shouldFilter={false}>
      <div className="flex items-center gap-3 border-b border-border px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <Cmdk.Input
          className="h-12 min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted-foreground"
          dir="auto"
          maxLength={200}
          onValueChange={setText}
          placeholder={say(page === null ? 'palette.placeholder' : `palette.${page}`)}
          value={text}
        />
      </div>
      <Cmdk.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2" label={say('palette.lines')}>
        {page === null && <PaletteLines onClose={onClose} onLeave={onLeave} query={query} />}
        {left.map((group) => (
          <CommandGroupView group={group} key={group.title} onRun={run} />
        ))}
        {page !== null && left.length === 0 && (
          <p className="px-3 py-4 text-sm text-muted-foreground">{say('palette.noLine')}</p>
        )}
      </Cmdk.List>
    </Cmdk>
  );
}

/** The focus goes back to where it was, unless the person has gone somewhere else. */
function useFocusReturn() {
  const [opener] = useState(() => document.activeElement);
  const hasLeft = useRef(false);
  return {
    leave: () => void (hasLeft.current = true),
    giveBack: (event: Event) => {
      event.preventDefault();
      if (!hasLeft.current && opener instanceof HTMLElement) opener.focus();
    },
  };
}
