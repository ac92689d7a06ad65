'use client';

import { Activity } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';

const RunDetails = lazy(async () => ({ default: (await import('./run-details.tsx')).RunDetails }));

/** Opens how an answer came about. */
export function RunDetailsButton({ runId }: { runId: string }) {
  const say = useSay();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button aria-haspopup="dialog" className="ms-auto" onClick={() => setIsOpen(true)} size="small" variant="quiet">
        <Activity aria-hidden className="size-3.5" />
        {say('details.open')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <RunDetails onClose={() => setIsOpen(false)} runId={runId} />
        </Suspense>
      )}
    </>
  );
}
