'use client';

import { createContext, use, type ReactNode, useMemo } from 'react';
import type { Words } from './english.ts';
import type { Language } from './languages.ts';
import { createSay, type Say } from './say.ts';

/** What is said, and how. */
export type Speech = { language: Language; say: Say };

/** For roots of their own, which must be handed what surrounds them. */
export const SpeechContext = createContext<Speech | null>(null);

export type WordsProviderProps = { language: Language; words: Words; children: ReactNode };

/** The words come from the server, so that a page loads one language. */
export function WordsProvider({ language, words, children }: WordsProviderProps) {
  const speech = useMemo(() => ({ language, say: createSay(language, words) }), [language, words]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** @throws outside a WordsProvider */
export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (!speech) throw new Error('there is no WordsProvider around this');
  return speech;
}

export const useSay = (): Say => useSpeech().say;
