'use client';

import { Notice } from '#components/ui/notice';
import { useSay } from '#components/words/words-context';

export default function NotFound() {
  const say = useSay();
  return (
    <main>
      <Notice title={say('page.missing.title')} wayOut={say('chats.new')}>
        <title>{say('page.title', { title: say('page.missing.title') })}</title>
        {say('page.missing.text')}
      </Notice>
    </main>
  );
}
