'use client';

import { Activity } from 'lucide-react';
import { Button } from '#components/ui/button';
import { useLazyPanel } from '#components/ui/use-lazy-panel.ts';
import { useSay } from '#components/words/words-context';

const loadDetails = async () => (await import('./run-details.tsx')).RunDetails;

/** Opens how an answer came about. */
export function RunDetailsButton({ runId }: { runId: string }) {
  const say = useSay();
  const { Panel, open, close } = useLazyPanel(loadDetails);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={open} size="small" variant="quiet">
        <Activity aria-hidden className="size-3.5 max-sm:hidden" />
        {say('details.open')}
      </Button>
      {Panel && <Panel onClose={close} runId={runId} />}
    </>
  );
}
