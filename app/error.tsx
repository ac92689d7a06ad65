'use client';

import { Button } from '#components/ui/button';
import { Notice } from '#components/ui/notice';
import { useSay } from '#components/words/words-context';

export default function ErrorPage({ reset }: { reset: () => void }) {
  const say = useSay();
  return (
    <Notice title={say('page.broken.title')} wayOut={say('chats.new')}>
      <p>{say('page.broken.text')}</p>
      <Button className="mt-4" onClick={reset}>
        {say('page.broken.again')}
      </Button>
    </Notice>
  );
}
