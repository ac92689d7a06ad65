'use client';

import { MenuChoices } from '#components/ui/menu';
import { useSay } from '#components/words/words-context';
import { useLanguageChoice, useThemeChoice } from './use-appearance.ts';

export function LanguageChoices() {
  const { choose, ...choice } = useLanguageChoice();
  return <MenuChoices {...choice} onChange={choose} title={useSay()('account.language')} />;
}

export function ThemeChoices() {
  const { choose, ...choice } = useThemeChoice();
  return <MenuChoices {...choice} onChange={choose} title={useSay()('account.appearance')} />;
}
