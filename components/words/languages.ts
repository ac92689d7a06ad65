/** The languages that the page speaks. */
export const languages = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof languages;

export const isLanguage = (code: string): code is Language => Object.hasOwn(languages, code);

/** Where a person's choice is kept, for the server to read. */
export const languageCookie = 'language';

/**
 * The language to speak: the chosen one, else the first of the browser's that is known, else English.
 *
 * @param accepted the header Accept-Language
 */
export function chooseLanguage(chosen: string | undefined, accepted: string | null): Language {
  if (chosen !== undefined && isLanguage(chosen)) return chosen;
  const preferred = (accepted ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', quality] = range.trim().split(';q=');
      return { code: tag.toLowerCase().split('-')[0]!, weight: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return preferred.map(({ code }) => code).find(isLanguage) ?? 'en';
}
