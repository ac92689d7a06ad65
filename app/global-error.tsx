'use client';

import { useSyncExternalStore } from 'react';
import { Notice } from '#components/ui/notice';
import { lastWords } from '#components/words/last-words.ts';
import { chooseLanguage } from '#components/words/languages.ts';
import './globals.css';

/** Instead of everything, when what surrounds all pages is broken: without the words that it would have handed down. */
export default function GlobalError() {
  const language = useSyncExternalStore(
    () => () => undefined,
    () => chooseLanguage(undefined, navigator.language),
    () => 'en' as const,
  );
  const { title, text, wayOut } = lastWords[language];
  return (
    <html lang={language}>
      <body>
        <title>Holdfast</title>
        <main>
          <Notice title={title} wayOut={wayOut}>
            {text}
          </Notice>
        </main>
      </body>
    </html>
  );
}
