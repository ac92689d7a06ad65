import { describe, expect, it } from 'vitest';
import { english } from './english.ts';
import { german } from './german.ts';
import { createSay } from './say.ts';
import type { Sentence } from './sentence.ts';

describe('createSay', () => {
  const say = createSay('en', english);

  it('says a sentence, and fills in its blanks', () => {
    expect(say('composer.send')).toBe('Send');
    expect(say('page.title', { title: 'A {title} of $& mine' })).toBe('A {title} of $& mine · Holdfast');
  });

  it('writes numbers as the language does', () => {
    expect(say('composer.tooLong', { count: 32_000 })).toContain('32,000');
    expect(createSay('de', german)('composer.tooLong', { count: 32_000 })).toContain('32.000');
  });

  it('says the key where there are no words for it', () => {
    const unknown = 'failure.FROM_THE_FUTURE' as 'failure.INTERNAL';
    expect(say(unknown)).toBe(unknown);
  });

  it('takes the plural form of the number', () => {
    expect(say('choice.warnRetry', { count: 1, tools: 'pay' })).toMatch(/run it again/);
    expect(say('choice.warnRetry', { count: 2, tools: 'pay and book' })).toMatch(/run them again/);
  });
});

describe('the languages', () => {
  const textsOf = (sentence: Sentence) => (typeof sentence === 'string' ? [sentence] : Object.values(sentence));
  const blanksOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted((a = '', b = '') => a.localeCompare(b));

  it.each(Object.entries(english))('say %s with the same blanks', (key, sentence: Sentence) => {
    const blanks = blanksOf(textsOf(sentence)[0]!);
    const others = [...textsOf(sentence), ...textsOf(german[key as keyof typeof english])];
    for (const text of others) expect(blanksOf(text)).toEqual(blanks);
  });

  it('have no key that nobody needs', () => {
    expect(Object.keys(german)).toEqual(Object.keys(english));
  });
});
