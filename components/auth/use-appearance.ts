'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { keepChoice, readChoice } from '#components/ui/choice-cookie.ts';
import { isTheme, themeCookie } from '#components/ui/theme.ts';
import { languageCookie, languages } from '#components/words/languages.ts';
import { useSay, useSpeech } from '#components/words/words-context';

const system = 'system';

/** The language of the page; what is typed stays, as the page is not loaded anew. */
export function useLanguageChoice() {
  const { language } = useSpeech();
  const router = useRouter();
  const choose = (code: string) => {
    keepChoice(languageCookie, code);
    router.refresh();
  };
  return { value: language, choices: Object.entries(languages).map(([value, label]) => ({ value, label })), choose };
}

/** Light, dark, or as the system has it. For what opens in the browser: the server knows of no choice here. */
export function useThemeChoice() {
  const say = useSay();
  const [value, setValue] = useState(readTheme);
  const choose = (name: string) => {
    keepChoice(themeCookie, isTheme(name) ? name : null);
    if (isTheme(name)) document.documentElement.dataset.theme = name;
    else delete document.documentElement.dataset.theme;
    setValue(name);
  };
  const choices = [
    { value: system, label: say('account.system') },
    { value: 'light', label: say('account.light') },
    { value: 'dark', label: say('account.dark') },
  ];
  return { value, choices, choose };
}

function readTheme(): string {
  const kept = readChoice(themeCookie);
  return kept !== undefined && isTheme(kept) ? kept : system;
}
