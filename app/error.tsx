'use client';

import { Button } from '#components/ui/button';
import { Notice } from '#components/ui/notice';
import { useSay } from '#components/words/words-context';

export default function ErrorPage({ reset }: { reset: () => void }) {
  const say = useSay();
  const tryAgain = (
    <Button onClick={reset} size="large">
      {say('page.broken.again')}
    </Button>
  );
  return (
    <Notice otherWay={tryAgain} title={say('page.broken.title')} wayOut={say('chats.new')}>
      <title>{say('page.title', { title: say('page.broken.title') })}</title>
      {say('page.broken.text')}
    </Notice>
  );
}
