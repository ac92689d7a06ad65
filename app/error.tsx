'use client';

import { Notice } from '#components/ui/notice';
import { Button } from '#components/ui/button';

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <Notice title="That did not work">
      <p>The page could not be shown. What was said and typed is kept.</p>
      <Button className="mt-4" onClick={reset} variant="primary">
        Try again
      </Button>
    </Notice>
  );
}
