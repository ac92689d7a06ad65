import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { english } from '#components/words/english.ts';
import { german } from '#components/words/german.ts';
import { chooseLanguage, type Language, languageCookie } from '#components/words/languages.ts';
import { createSay } from '#components/words/say.ts';
import { WordsProvider } from '#components/words/words-context';
import { isTheme, type Theme, themeCookie } from '#components/ui/theme.ts';
import letters from '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2';
import './globals.css';

const words = { en: english, de: german };

/** Of the edge of the browser's window: the page's background, which a meta tag must be told as a number. */
const edges = { light: '#fcfcf9', dark: '#0f1820' };

// Scripts run by a nonce made for each request; a page rendered at build time has none.
export const dynamic = 'force-dynamic';

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  const bySystem = (['light', 'dark'] as const).map((name) => {
    return { media: `(prefers-color-scheme: ${name})`, color: edges[name] };
  });
  return {
    colorScheme: 'light dark',
    interactiveWidget: 'resizes-content',
    themeColor: theme ? edges[theme] : bySystem,
  };
}

export async function generateMetadata(): Promise<Metadata> {
  const language = await readLanguage();
  return { description: createSay(language, words[language])('page.description') };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [language, theme] = [await readLanguage(), await readTheme()];
  return (
    <html data-theme={theme} lang={language}>
      <head>
        <link as="font" crossOrigin="anonymous" href={letters} rel="preload" type="font/woff2" />
      </head>
      <body>
        <WordsProvider language={language} words={words[language]}>
          {children}
        </WordsProvider>
      </body>
    </html>
  );
}

async function readLanguage(): Promise<Language> {
  const [jar, given] = await Promise.all([cookies(), headers()]);
  return chooseLanguage(jar.get(languageCookie)?.value, given.get('accept-language'));
}

async function readTheme(): Promise<Theme | undefined> {
  const name = (await cookies()).get(themeCookie)?.value;
  return name !== undefined && isTheme(name) ? name : undefined;
}
