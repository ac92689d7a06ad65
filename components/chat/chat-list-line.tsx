'use client';

import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { Menu, MenuItem } from '#components/ui/menu';
import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import { chatAddress } from './chat-address.ts';
import { ChatStateDot } from './chat-state-dot.tsx';
import { DeleteChatDialog } from './delete-chat-dialog.tsx';
import { RenameChatDialog } from './rename-chat-dialog.tsx';

export type ChatListLineProps = { chat: ChatListItem; isOpen: boolean };

/** With a mouse the button shows on its own line only. */
const optionsClass =
  'pointer-fine:opacity-0 pointer-fine:group-hover/line:opacity-100 pointer-fine:focus-visible:opacity-100 ' +
  'pointer-fine:data-[state=open]:opacity-100';

/** A chat in the list: its title, whether it is being answered or has news, and what can be done with it. */
export function ChatListLine({ chat, isOpen }: ChatListLineProps) {
  const say = useSay();
  const [asking, setAsking] = useState<'rename' | 'delete' | null>(null);
  const close = () => setAsking(null);
  return (
    <li className={`group/line relative flex items-center rounded-md ${isOpen ? 'bg-selected' : 'hover:bg-muted'}`}>
      <Link
        aria-current={isOpen ? 'page' : undefined}
        className="flex min-w-0 flex-1 items-center gap-2 rounded-md py-2 ps-2 pe-9 text-sm"
        href={chatAddress(chat.id)}
        prefetch={false}
      >
        <span className={`truncate ${chat.unread && !isOpen ? 'font-semibold' : ''}`}>
          {chat.title || say('chats.untitled')}
        </span>
        <ChatStateDot isUnread={chat.unread && !isOpen} status={chat.latestRun?.status ?? null} />
      </Link>
      <div className="absolute end-1">
        <Menu
          trigger={
            <Button
              aria-label={say('chats.options')}
              className={optionsClass}
              size="smallIcon"
              variant="quiet"
            >
              <Ellipsis aria-hidden className="size-4" />
            </Button>
          }
        >
          <MenuItem icon={Pencil} onSelect={() => setAsking('rename')}>
            {say('chats.rename')}
          </MenuItem>
          <MenuItem icon={Trash2} isDanger onSelect={() => setAsking('delete')}>
            {say('chats.delete')}
          </MenuItem>
        </Menu>
      </div>
      {asking === 'rename' && <RenameChatDialog chat={chat} onClose={close} />}
      {asking === 'delete' && <DeleteChatDialog chat={chat} onClose={close} />}
    </li>
  );
}
