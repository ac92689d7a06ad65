'use client';

import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useSay } from '#components/words/words-context';
import { ShareLink } from './share-link.tsx';
import { type Share, useShare } from './use-share.ts';

export type ShareDialogProps = { chatId: string; onClose: () => void };

/** Makes the link of a chat, hands it out, and takes it back. */
export function ShareDialog({ chatId, onClose }: ShareDialogProps) {
  const say = useSay();
  const share = useShare(chatId);
  return (
    <Dialog description={say('share.who')} onClose={onClose} title={say('share.title')}>
      <div className="mt-4 flex min-h-36 flex-col justify-end">
        {share.link ? <ShareLink token={share.link.token} /> : <NoLink share={share} />}
        <p className="mt-2 text-sm text-danger empty:hidden" role="alert">
          {share.failure && say('share.failed', { why: say(`refusal.${share.failure}`) })}
        </p>
      </div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <ShareButtons onClose={onClose} share={share} />
      </div>
    </Dialog>
  );
}

/** That it is being looked for, or what became of it. */
function NoLink({ share: { link, failure, wasEnded } }: { share: Share }) {
  const say = useSay();
  if (link === undefined && failure === null) {
    return (
      <div className="skeleton mb-auto h-10 rounded-md">
        <span className="sr-only">{say('share.loading')}</span>
      </div>
    );
  }
  return (
    <p aria-live="polite" className="mb-auto text-sm text-muted-foreground">
      {wasEnded && say('share.wasEnded')}
    </p>
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
