'use client';

import { Archive, ArchiveRestore, Ellipsis, Link2, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useShareDialog } from '#components/share/use-share-dialog';
import { Button } from '#components/ui/button';
import { Menu, MenuItem } from '#components/ui/menu';
import { useLazyPanel } from '#components/ui/use-lazy-panel.ts';
import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import { chatAddress } from './chat-address.ts';
import { ChatStateDot } from './chat-state-dot.tsx';
import { useChatActions } from './use-chat-actions.ts';

export type ChatListLineProps = { chat: ChatListItem; isOpen: boolean };

const loadRename = async () => (await import('./rename-chat-dialog.tsx')).RenameChatDialog;

/** With a mouse the button shows on its own line only. */
const optionsClass =
  'pointer-fine:opacity-0 pointer-fine:group-hover/line:opacity-100 pointer-fine:focus-visible:opacity-100 ' +
  'pointer-fine:data-[state=open]:opacity-100';

/** A chat in the list: its title, whether it is being answered or has news, and what can be done with it. */
export function ChatListLine({ chat, isOpen }: ChatListLineProps) {
  const say = useSay();
  const rename = useLazyPanel(loadRename);
  const share = useShareDialog(chat.id, chat.sharedAt !== null);
  return (
    <li className={`group/line relative flex items-center rounded-md ${isOpen ? 'bg-selected' : 'hover:bg-muted'}`}>
      <Link
        aria-current={isOpen ? 'page' : undefined}
        className="flex min-w-0 flex-1 items-center gap-2 rounded-md py-2 ps-2 pe-9 text-sm"
        data-chat-line
        href={chatAddress(chat.id)}
        prefetch={false}
      >
        <span className={`truncate ${chat.unread && !isOpen ? 'font-semibold' : ''}`} dir="auto">
          {chat.title || say('chats.untitled')}
        </span>
        {chat.sharedAt !== null && <Link2 aria-label={say('share.mark')} className="size-3.5 shrink-0 opacity-60" role="img" />}
        <ChatStateDot isUnread={chat.unread && !isOpen} status={chat.latestRun?.status ?? null} />
      </Link>
      <div className="absolute end-1">
        <LineMenu chat={chat} onRename={rename.open} onShare={share.open} />
      </div>
      {rename.Panel && <rename.Panel chat={chat} onClose={rename.close} />}
      {share.view}
    </li>
  );
}

type LineMenuProps = { chat: ChatListItem; onRename: () => void; onShare: () => void };

function LineMenu({ chat, onRename, onShare }: LineMenuProps) {
  const say = useSay();
  const { pin, archive, remove } = useChatActions();
  const [isPinned, isArchived] = [chat.pinnedAt !== null, chat.archivedAt !== null];
  return (
    <Menu
      trigger={
        <Button aria-label={say('chats.options')} className={optionsClass} size="smallIcon" variant="quiet">
          <Ellipsis aria-hidden className="size-4" />
        </Button>
      }
    >
      {!isArchived && (
        <MenuItem icon={isPinned ? PinOff : Pin} onSelect={() => pin(chat, !isPinned)}>
          {say(isPinned ? 'chats.unpin' : 'chats.pin')}
        </MenuItem>
      )}
      <MenuItem icon={Pencil} onSelect={onRename}>
        {say('chats.rename')}
      </MenuItem>
      <MenuItem icon={Link2} onSelect={onShare}>
        {say('share.menu')}
      </MenuItem>
      <MenuItem icon={isArchived ? ArchiveRestore : Archive} onSelect={() => archive(chat, !isArchived)}>
        {say(isArchived ? 'chats.unarchive' : 'chats.archive')}
      </MenuItem>
      <MenuItem icon={Trash2} isDanger onSelect={() => remove(chat)}>
        {say('chats.delete')}
      </MenuItem>
    </Menu>
  );
}
