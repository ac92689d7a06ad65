'use client';

import { Check, Copy, ExternalLink } from 'lucide-react';
import { useCopy } from '#components/clipboard/use-copy.ts';
import { Button } from '#components/ui/button';
import { TextField } from '#components/ui/text-field';
import { useSay } from '#components/words/words-context';
import { shareAddress } from './share-address.ts';

/** The link, to be copied or opened. */
export function ShareLink({ token }: { token: string }) {
  const say = useSay();
  const link = `${location.origin}${shareAddress(token)}`;
  const { isCopied, copy } = useCopy(() => navigator.clipboard.writeText(link));
  const Icon = isCopied ? Check : Copy;
  return (
    <div className="mt-4">
      <TextField dir="ltr" label={say('share.link')} onFocus={({ target }) => target.select()} readOnly value={link} />
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button autoFocus onClick={copy} variant="primary">
          <Icon aria-hidden className="size-4" />
          {say('share.copy')}
        </Button>
        <a
          className="inline-flex h-9 items-center gap-2 rounded-md px-2 text-sm text-primary underline underline-offset-4"
          href={link}
          rel="noreferrer"
          target="_blank"
        >
          {say('share.view')}
          <ExternalLink aria-hidden className="size-3.5" />
        </a>
      </div>
    </div>
  );
}
