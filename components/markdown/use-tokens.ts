'use client';

import { startTransition, useEffect, useState, type RefObject } from 'react';
import { useNearScreen } from '#components/ui/use-near-screen.ts';
import type { Code, highlight as Highlight, Token } from './highlighter.ts';

let loading: Promise<typeof Highlight> | undefined;

function load(): Promise<typeof Highlight> {
  loading ??= import('./highlighter.ts').then(
    ({ highlight }) => highlight,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/**
 * The colours of code that is near the screen, once they are known; they may be those of a shorter text, while it grows.
 * Without them code can be read as well: where they cannot be had nothing is said.
 */
export function useTokens({ code, language, isIncomplete }: Code, element: RefObject<Element | null>): Token[][] {
  const [lines, setLines] = useState<Token[][]>([]);
  const isNear = useNearScreen(element);
  useEffect(() => {
    if (!isNear || language === '') return;
    let isGone = false;
    const show = (found: Token[][]) => {
      if (!isGone) startTransition(() => setLines(found));
    };
    load()
      .then((highlight) => highlight({ code, language, isIncomplete }))
      .then(show, () => undefined);
    return () => {
      isGone = true;
    };
  }, [code, isIncomplete, isNear, language]);
  return lines;
}
