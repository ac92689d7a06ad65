'use client';

import { Command as Cmdk } from 'cmdk';
import { Search } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useRef, useState, type KeyboardEvent } from 'react';
import { chatIdIn } from '#components/chat/chat-address.ts';
import { RenameChatDialog } from '#components/chat/rename-chat-dialog';
import { useChatListItem } from '#components/chat/use-chat-list.ts';
import { ShareDialog } from '#components/share/share-dialog';
import { Modal, ModalTitle } from '#components/ui/modal';
import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import { type Command, filterGroups } from './command.ts';
import { PaletteLines } from './palette-lines.tsx';
import { CommandGroupView } from './palette-item.tsx';
import type { PalettePage } from './palette-page.ts';
import { SearchState } from './search-state.tsx';
import { useChosenLine } from './use-chosen-line.ts';
import { type ChatDialogName, useGroups } from './use-commands.ts';
import { useSearch } from './use-search.ts';

const paletteClass =
  'appear inset-x-0 top-[8dvh] mx-auto flex max-h-[min(36rem,84dvh)] w-[calc(100vw-1.5rem)] max-w-xl flex-col ' +
  'overflow-hidden rounded-xl border max-md:top-3';

export type PaletteProps = {
  /** where it opens, and where it goes no further back; undefined for the whole of it */
  page?: PalettePage | undefined;
  onClose: () => void;
};

/** Everything by keyboard: commands, chats, and what was said in them. Mounted means open. */
export function Palette({ page: firstPage, onClose }: PaletteProps) {
  const say = useSay();
  const [page, setPage] = useState(firstPage);
  const [dialog, setDialog] = useState<ChatDialogName | null>(null);
  const chat = useChatListItem(chatIdIn(usePathname()));
  const hasLeft = useRef(false);
  const goBack = (event: Event) => {
    if (page === firstPage) return;
    event.preventDefault();
    setPage(firstPage);
  };
  if (dialog && chat) return <ChatDialog chat={chat} name={dialog} onClose={onClose} />;
  return (
    <Modal
      className={paletteClass}
      onClose={onClose}
      onCloseAutoFocus={(event) => {
        // Who goes somewhere else gets the focus there.
        if (hasLeft.current) event.preventDefault();
      }}
      onEscapeKeyDown={goBack}
    >
      <ModalTitle className="sr-only">{say('palette.title')}</ModalTitle>
      <PaletteBody
        // Each page begins with an empty field.
        key={page ?? 'everything'}
        onBack={goBack}
        onClose={onClose}
        onDialog={setDialog}
        onLeave={() => {
          hasLeft.current = true;
        }}
        onPage={setPage}
        page={page}
      />
    </Modal>
  );
}

/** In place of the palette. */
function ChatDialog({ chat, name, onClose }: { chat: ChatListItem; name: ChatDialogName; onClose: () => void }) {
  if (name === 'rename') return <RenameChatDialog chat={chat} onClose={onClose} />;
  return <ShareDialog chatId={chat.id} isShared={chat.sharedAt !== null} onClose={onClose} />;
}

type PaletteBodyProps = {
  page: PalettePage | undefined;
  onPage: (page: PalettePage) => void;
  onBack: (event: Event) => void;
  onClose: () => void;
  onDialog: (name: ChatDialogName) => void;
  onLeave: () => void;
};

function PaletteBody({ page, onPage, onBack, onClose, onDialog, onLeave }: PaletteBodyProps) {
  const say = useSay();
  const [text, setText] = useState('');
  const query = text.trim();
  const search = useSearch(page === undefined ? query : '');
  const { list, line, choose } = useChosenLine(query, search.hits);
  const groups = filterGroups(useGroups({ page, query, onPage, onDialog }), query);
  const run = (command: Command) => {
    if (!command.staysOpen) onClose();
    command.run();
  };
  return (
    <Cmdk
      className="flex min-h-0 flex-col"
      label={say('palette.title')}
      loop
      onValueChange={choose}
      shouldFilter={false}
      value={line}
      vimBindings={false}
    >
      <div className="flex items-center gap-3 border-b border-border px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <PaletteField onBack={onBack} onText={setText} page={page} text={text} />
      </div>
      <Cmdk.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2" label={say('palette.lines')} ref={list}>
        {page === undefined && <PaletteLines onClose={onClose} onLeave={onLeave} query={query} search={search} />}
        {groups.map((group) => (
          <CommandGroupView group={group} key={group.title} onRun={run} />
        ))}
      </Cmdk.List>
      {page === undefined && <SearchState query={query} search={search} />}
      {page !== undefined && groups.length === 0 && (
        <p className="px-5 pt-1 pb-4 text-sm text-muted-foreground">{say('palette.noLine')}</p>
      )}
    </Cmdk>
  );
}

type PaletteFieldProps = Pick<PaletteBodyProps, 'page' | 'onBack'> & { text: string; onText: (text: string) => void };

/** Where a line is looked for; Backspace in the empty field leads back. */
function PaletteField({ page, text, onText, onBack }: PaletteFieldProps) {
  const say = useSay();
  const onKeyDown = ({ key, nativeEvent }: KeyboardEvent) => {
    if (key === 'Backspace' && text === '') onBack(nativeEvent);
  };
  return (
    <Cmdk.Input
      autoFocus
      className="h-12 min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted-foreground"
      dir="auto"
      maxLength={200}
      onKeyDown={onKeyDown}
      onValueChange={onText}
      placeholder={say(page === undefined ? 'palette.placeholder' : `palette.${page}`)}
      value={text}
    />
  );
}
