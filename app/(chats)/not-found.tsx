'use client';

import { ChatHeader } from '#components/chat/chat-header';
import { Notice } from '#components/ui/notice';
import { useSay } from '#components/words/words-context';

/** Beside the list of the chats that do exist. */
export default function MissingChat() {
  const say = useSay();
  return (
    <>
      <title>{say('page.title', { title: say('page.missing.title') })}</title>
      <ChatHeader title="" />
      <Notice title={say('page.missing.title')} wayOut={say('chats.new')}>
        {say('page.missing.text')}
      </Notice>
    </>
  );
}
