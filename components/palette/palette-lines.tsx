'use client';

import { MessageSquare } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { chatAddress, chatIdIn, messageAddress } from '#components/chat/chat-address.ts';
import { useChatList } from '#components/chat/use-chat-list.ts';
import { useSay } from '#components/words/words-context';
import type { SearchHit } from '#domain/chat-search';
import { isWanted } from './command.ts';
import { PaletteGroup, PaletteItem } from './palette-item.tsx';
import { SearchHits } from './search-hits.tsx';
import type { useSearch } from './use-search.ts';

/** So many chats of the list are offered before there is a query, and beside what the server finds. */
const offeredChats = 5;

export type PaletteLinesProps = {
  query: string;
  search: ReturnType<typeof useSearch>;
  onClose: () => void;
  onLeave: () => void;
};

/** Chats to go to, and what was said in them. */
export function PaletteLines({ query, search, onClose, onLeave }: PaletteLinesProps) {
  const say = useSay();
  const router = useRouter();
  const openChatId = chatIdIn(usePathname());
  const listed = useChatList('current').data?.pages.flatMap(({ items }) => items) ?? [];
  const chats = listed.filter(({ id, title }) => id !== openChatId && isWanted(query, title)).slice(0, offeredChats);
  const go = (address: string) => {
    onLeave();
    onClose();
    router.push(address);
  };
  const open = ({ chatId, message }: SearchHit) => {
    if (!message) return go(chatAddress(chatId));
    if (chatId !== openChatId) return go(messageAddress(chatId, message.id));
    onLeave();
    onClose();
    window.location.hash = new URL(messageAddress(chatId, message.id), window.location.href).hash;
    // The address may name the message already.
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  };
  return (
    <>
      {chats.length > 0 && (
        <PaletteGroup title={say('palette.chats')}>
          {chats.map(({ id, title }) => (
            <PaletteItem key={id} onSelect={() => go(chatAddress(id))} value={`chat:${id}`}>
              <MessageSquare aria-hidden className="size-4 shrink-0 text-muted-foreground" />
              <span className="truncate" dir="auto">
                {title || say('chats.untitled')}
              </span>
            </PaletteItem>
          ))}
        </PaletteGroup>
      )}
      {query !== '' && (
        <SearchHits knownChatIds={new Set(chats.map(({ id }) => id))} onOpen={open} search={search} />
      )}
    </>
  );
}
