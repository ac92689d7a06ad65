'use client';

import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { chatAddress, chatIdIn } from './chat-address.ts';
import { ChatScreen } from './chat-screen.tsx';
import { LoadedChatScreen } from './loaded-chat-screen.tsx';

/**
 * The page of a chat that does not exist yet. Once its first message is accepted the address becomes the chat's, while
 * the screen stays as it is: another page would mean mounting everything anew in the middle of the first words.
 */
export function NewChatScreen() {
  const pathname = usePathname();
  const [seenPathname, setSeenPathname] = useState(pathname);
  const [round, setRound] = useState({ number: 0, chatId: null as string | null });

  // Leaving the chat that this round began, by the history or for a new one, ends the round.
  if (pathname !== seenPathname) {
    setSeenPathname(pathname);
    if (chatIdIn(pathname) !== round.chatId) setRound({ number: round.number + 1, chatId: null });
  }
  const onStarted = (chatId: string) => {
    setRound((current) => ({ ...current, chatId }));
    window.history.replaceState(null, '', chatAddress(chatId));
  };
  // The history may lead back to a chat that an earlier round began.
  const addressed = chatIdIn(pathname);
  if (addressed !== null && addressed !== round.chatId) return <LoadedChatScreen chatId={addressed} key={addressed} />;
  return <ChatScreen key={`new-${round.number}`} onStarted={onStarted} view={null} />;
}
