'use client';

import { useSyncExternalStore } from 'react';
import { Button } from '#components/ui/button';
import { readChoice } from '#components/ui/choice-cookie.ts';
import { Notice } from '#components/ui/notice';
import { themeCookie } from '#components/ui/theme.ts';
import { lastWords } from '#components/words/last-words.ts';
import { chooseLanguage, languageCookie } from '#components/words/languages.ts';
import './globals.css';

/** Instead of everything, when what surrounds all pages is broken: without the words that it would have handed down. */
export default function GlobalError() {
  const language = useBrowser(() => chooseLanguage(readChoice(languageCookie), navigator.language), 'en' as const);
  const theme = useBrowser(() => readChoice(themeCookie), undefined);
  const { title, text, again, wayOut } = lastWords[language];
  const tryAgain = (
    <Button onClick={() => location.reload()} size="large">
      {again}
    </Button>
  );
  return (
    <html data-theme={theme} lang={language}>
      <body>
        <title>Holdfast</title>
        <main>
          <Notice otherWay={tryAgain} title={title} wayOut={wayOut}>
            {text}
          </Notice>
        </main>
      </body>
    </html>
  );
}

/** What only the browser knows; the server shows something else first. */
function useBrowser<Value>(read: () => Value, before: Value): Value {
  return useSyncExternalStore(
    () => () => undefined,
    read,
    () => before,
  );
}
