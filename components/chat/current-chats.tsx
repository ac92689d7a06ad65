'use client';

import { useSay, useSpeech } from '#components/words/words-context';
import { ChatListState } from './chat-list-state.tsx';
import { ChatSection } from './chat-section.tsx';
import { type ChatAge, groupChats } from './group-chats.ts';
import { useChatList } from './use-chat-list.ts';
import { useClock } from './use-clock.ts';

/** What is pinned, then the other chats by the age of their latest activity. */
export function CurrentChats({ openChatId }: { openChatId: string | null }) {
  const say = useSay();
  const clock = useClock();
  const nameAge = useAgeName(clock.today);
  const pinned = useChatList('pinned').data?.pages.flatMap(({ items }) => items) ?? [];
  const current = useChatList('current');
  const pinnedIds = new Set(pinned.map(({ id }) => id));
  const others = current.data?.pages.flatMap(({ items }) => items).filter(({ id }) => !pinnedIds.has(id)) ?? [];
  return (
    <>
      {pinned.length > 0 && <ChatSection chats={pinned} openChatId={openChatId} title={say('chats.pinned')} />}
      {groupChats(others, clock).map(({ age, chats }) => (
        <ChatSection
          chats={chats}
          key={age.kind === 'month' ? age.month : age.kind}
          openChatId={openChatId}
          title={nameAge(age)}
        />
      ))}
      <ChatListState count={pinned.length + others.length} emptyText={say('chats.empty')} query={current} />
    </>
  );
}

function useAgeName(today: string): (age: ChatAge) => string {
  const { say, language } = useSpeech();
  return (age) => {
    if (age.kind !== 'month') return say(`chats.age.${age.kind}`);
    if (age.month === today.slice(0, 7)) return say('chats.age.month');
    const isThisYear = age.month.slice(0, 4) === today.slice(0, 4);
    const format = new Intl.DateTimeFormat(language, {
      month: 'long',
      timeZone: 'UTC',
      ...(!isThisYear && { year: 'numeric' }),
    });
    return format.format(new Date(`${age.month}-15T00:00:00Z`));
  };
}
