'use client';

import { useEffect, useState } from 'react';
import { announce } from '#components/ui/announce.ts';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';

const shownForMs = 2_000;

/**
 * Puts something into the clipboard and says that it did, or that the browser did not let it.
 *
 * @param write puts it there
 * @returns isCopied: true for a moment afterwards
 */
export function useCopy(write: () => Promise<void>): { isCopied: boolean; copy: () => void } {
  const say = useSay();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(setCopied, shownForMs, false);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    try {
      await write();
    } catch {
      toast.error(say('copy.refused'));
      return;
    }
    setCopied(true);
    announce(say('copy.done'));
  };
  return { isCopied, copy: () => void copy() };
}
