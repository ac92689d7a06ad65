import type { Language } from './languages.ts';

/** What is said when nothing else can be: so little that every page can carry it in every language. */
export const lastWords: Record<Language, { title: string; text: string; again: string; wayOut: string }> = {
  en: {
    title: 'That did not work',
    text: 'The page could not be shown. What was said and typed is kept.',
    again: 'Try again',
    wayOut: 'New chat',
  },
  de: {
    title: 'Das hat nicht geklappt',
    text: 'Die Seite konnte nicht gezeigt werden. Gesagtes und Getipptes ist erhalten.',
    again: 'Noch einmal',
    wayOut: 'Neuer Chat',
  },
};
