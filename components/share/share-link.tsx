'use client';

import { Check, Copy, ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { TextField } from '#components/ui/text-field';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import { shareAddress } from './share-address.ts';

/** The link, to be copied or opened. */
export function ShareLink({ token }: { token: string }) {
  const say = useSay();
  const [isCopied, setIsCopied] = useState(false);
  const link = `${location.origin}${shareAddress(token)}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setIsCopied(true);
    } catch {
      toast.error(say('message.copy.refused'));
    }
  };
  const Icon = isCopied ? Check : Copy;
  return (
    <div className="mt-4">
      <TextField dir="ltr" label={say('share.link')} onFocus={({ target }) => target.select()} readOnly value={link} />
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button autoFocus onClick={() => void copy()} variant="primary">
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
        <span aria-live="polite" className="sr-only">
          {isCopied && say('share.copied')}
        </span>
      </div>
    </div>
  );
}
