'use client';

import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useSay } from '#components/words/words-context';
import { ShareLink } from './share-link.tsx';
import { type Share, useShare } from './use-share.ts';

export type ShareDialogProps = {
  chatId: string;
  /** whether there is a link, as far as the page has heard; keeps its place while it is looked for */
  isShared: boolean;
  onClose: () => void;
};

/** Makes the link of a chat, hands it out, and takes it back. */
export function ShareDialog({ chatId, isShared, onClose }: ShareDialogProps) {
  const say = useSay();
  const share = useShare(chatId);
  return (
    <Dialog description={say('share.who')} onClose={onClose} title={say('share.title')}>
      {share.link && <ShareLink token={share.link.token} />}
      {share.link === undefined && share.failure === null && isShared && <LinkSkeleton />}
      <p aria-live="polite" className="mt-3 text-sm text-muted-foreground">
        {say(share.link === null && share.wasEnded ? 'share.wasEnded' : 'share.until')}
      </p>
      <p className="mt-2 text-sm text-danger empty:hidden" role="alert">
        {share.failure && say('share.failed', { why: say(`refusal.${share.failure}`) })}
      </p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <ShareButtons onClose={onClose} share={share} />
      </div>
    </Dialog>
  );
}

/** As high as the link and what can be done with it. */
function LinkSkeleton() {
  const say = useSay();
  return (
    <div className="skeleton mt-4 h-27 rounded-md">
      <span className="sr-only">{say('share.loading')}</span>
    </div>
  );
}

function ShareButtons({ share, onClose }: { share: Share; onClose: () => void }) {
  const say = useSay();
  const { link, failure, isPending } = share;
  return (
    <>
      {link && (
        <Button className="me-auto text-danger" disabled={isPending} onClick={share.end}>
          {say('share.end')}
        </Button>
      )}
      <Button onClick={onClose}>{say('share.close')}</Button>
      {link === null && (
        <Button autoFocus disabled={isPending} onClick={share.create} variant="primary">
          {say('share.create')}
        </Button>
      )}
      {link === undefined && failure !== null && (
        <Button onClick={share.readAgain} variant="primary">
          {say('share.again')}
        </Button>
      )}
    </>
  );
}
