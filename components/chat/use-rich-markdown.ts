'use client';

import { startTransition, use, useEffect, useState } from 'react';
import { whenIdle } from '#components/ui/when-idle.ts';
import type { RichMarkdown as RichMarkdownComponent } from './rich-markdown.tsx';

export type RichMarkdown = typeof RichMarkdownComponent;

let known: RichMarkdown | null | undefined;
let loading: Promise<RichMarkdown | null> | undefined;

function load(): Promise<RichMarkdown | null> {
  loading ??= import('./rich-markdown.tsx').then(
    (module) => (known = module.RichMarkdown),
    () => {
      loading = undefined;
      return (known = null);
    },
  );
  return loading;
}

/** Have it before it is needed. Returns the way to cancel. */
export function prepareRichMarkdown(): () => void {
  return whenIdle(() => void load());
}

/**
 * The component that renders markdown. It is the heaviest part of the page, and what the server sends can be read
 * without it: so the server has it at once, and the page loads it after it has become usable.
 *
 * @returns undefined while it is on its way, null where it cannot be had
 */
export const useRichMarkdown = typeof window === 'undefined' ? useOnServer : useInPage;

function useOnServer(): RichMarkdown | null {
  return use(load());
}

function useInPage(): RichMarkdown | null | undefined {
  const [found, setFound] = useState(() => known);
  useEffect(() => {
    if (found) return;
    let gone = false;
    void load().then((richMarkdown) => {
      if (!gone) startTransition(() => setFound(() => richMarkdown));
    });
    return () => {
      gone = true;
    };
  }, [found]);
  return found;
}
