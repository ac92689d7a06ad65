'use client';

import { Bell } from 'lucide-react';
import { useHeld } from '#components/runs/use-held.ts';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import { useNoticeSwitch } from './use-notice-switch.ts';

/** Who has waited this long may want to do something else meanwhile. */
const offeredAfterMs = 20_000;

/** Offers to tell when the answer ends, to those who wait for a long one and have not chosen yet. Mounted while it goes on. */
export function NoticeOffer({ onChosen }: { onChosen: () => void }) {
  const say = useSay();
  const { choice, switchOn } = useNoticeSwitch();
  const isLong = useHeld(true, offeredAfterMs);
  if (!isLong || choice !== 'unasked') return null;
  return (
    <Button onClick={() => void switchOn().then(onChosen)} size="small" variant="quiet">
      <Bell aria-hidden className="size-3.5" />
      <span>
        {say('notices.offer')}
        <span className="sr-only"> {say('notices.offer.when')}</span>
      </span>
    </Button>
  );
}
