'use client';

import { MessageSquare, Text } from 'lucide-react';
import { useSay, useSpeech } from '#components/words/words-context';
import type { SearchHit, TextSegment } from '#domain/chat-search';
import { PaletteGroup, PaletteItem } from './palette-item.tsx';
import type { useSearch } from './use-search.ts';

export type SearchHitsProps = {
  search: ReturnType<typeof useSearch>;
  /** of the chats that are shown already */
  knownChatIds: ReadonlySet<string>;
  onOpen: (hit: SearchHit) => void;
};

/** What the server has found. */
export function SearchHits({ search, knownChatIds, onOpen }: SearchHitsProps) {
  const say = useSay();
  const titles = search.hits.filter(({ message, chatId }) => message === null && !knownChatIds.has(chatId));
  const messages = search.hits.filter(({ message }) => message !== null);
  return (
    <>
      {titles.length > 0 && (
        <PaletteGroup title={say('palette.otherChats')}>
          {titles.map((hit) => (
            <PaletteItem key={hit.chatId} onSelect={() => onOpen(hit)} value={`title:${hit.chatId}`}>
              <MessageSquare aria-hidden className="size-4 shrink-0 text-muted-foreground" />
              <Marked segments={hit.title} />
            </PaletteItem>
          ))}
        </PaletteGroup>
      )}
      {messages.length > 0 && (
        <PaletteGroup title={say('palette.messages')}>
          {messages.map((hit) => (
            <MessageHit hit={hit} key={`${hit.chatId}:${hit.message?.id}`} onOpen={() => onOpen(hit)} />
          ))}
          {search.more && !search.isBehind && (
            <PaletteItem onSelect={search.more} value="more">
              <span className="text-muted-foreground">{say('palette.more')}</span>
            </PaletteItem>
          )}
        </PaletteGroup>
      )}
    </>
  );
}

function MessageHit({ hit, onOpen }: { hit: SearchHit; onOpen: () => void }) {
  const { say, language } = useSpeech();
  const { message, title, archivedAt, at } = hit;
  if (!message) return null;
  return (
    <PaletteItem onSelect={onOpen} value={`message:${hit.chatId}:${message.id}`}>
      <Text aria-hidden className="mt-1 size-4 shrink-0 self-start text-muted-foreground" />
      <span className="min-w-0 flex-1">
        <span className="line-clamp-2 wrap-anywhere" dir="auto">
          <Marked segments={message.snippet} />
        </span>
        <span className="flex gap-2 text-xs text-muted-foreground">
          <span className="truncate" dir="auto">
            {title.map(({ text }) => text).join('') || say('chats.untitled')}
          </span>
          {archivedAt !== null && <span className="shrink-0">· {say('chats.archived')}</span>}
          <time className="ms-auto shrink-0" dateTime={at}>
            {new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(at))}
          </time>
        </span>
      </span>
    </PaletteItem>
  );
}

function Marked({ segments }: { segments: readonly TextSegment[] }) {
  return segments.map(({ text, isHit }, index) =>
    isHit ? (
      <mark className="rounded-sm bg-selected font-medium text-foreground" key={index}>
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
