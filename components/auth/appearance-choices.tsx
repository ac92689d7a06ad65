'use client';

import { useRouter } from 'next/navigation';
import { keepChoice, readChoice } from '#components/ui/choice-cookie.ts';
import { MenuChoices } from '#components/ui/menu';
import { isTheme, themeCookie } from '#components/ui/theme.ts';
import { languageCookie, languages } from '#components/words/languages.ts';
import { useSay, useSpeech } from '#components/words/words-context';

/** The language of the page; what is typed stays, as the page is not loaded anew. */
export function LanguageChoices() {
  const { say, language } = useSpeech();
  const router = useRouter();
  return (
    <MenuChoices
      choices={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      onChange={(code) => {
        keepChoice(languageCookie, code);
        router.refresh();
      }}
      title={say('account.language')}
      value={language}
    />
  );
}

const system = 'system';

/** Light, dark, or as the system has it. */
export function ThemeChoices() {
  const say = useSay();
  const kept = readChoice(themeCookie);
  return (
    <MenuChoices
      choices={[
        { value: system, label: say('account.system') },
        { value: 'light', label: say('account.light') },
        { value: 'dark', label: say('account.dark') },
      ]}
      onChange={(name) => {
        keepChoice(themeCookie, isTheme(name) ? name : null);
        if (isTheme(name)) document.documentElement.dataset.theme = name;
        else delete document.documentElement.dataset.theme;
      }}
      title={say('account.appearance')}
      value={kept !== undefined && isTheme(kept) ? kept : system}
    />
  );
}
