import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { english } from '#components/words/english.ts';
import { german } from '#components/words/german.ts';
import { chooseLanguage, type Language, languageCookie } from '#components/words/languages.ts';
import { createSay } from '#components/words/say.ts';
import { WordsProvider } from '#components/words/words-context';
import { isTheme, themeCookie } from '#components/ui/theme.ts';
import './globals.css';

const words = { en: english, de: german };

export const viewport: Viewport = { colorScheme: 'light dark', interactiveWidget: 'resizes-content' };

// Scripts run by a nonce made for each request; a page rendered at build time has none.
export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const language = await readLanguage();
  return { description: createSay(language, words[language])('page.description') };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [language, theme] = [await readLanguage(), (await cookies()).get(themeCookie)?.value];
  return (
    <html data-theme={theme !== undefined && isTheme(theme) ? theme : undefined} lang={language}>
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
