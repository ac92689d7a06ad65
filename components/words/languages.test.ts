import { describe, expect, it } from 'vitest';
import { chooseLanguage } from './languages.ts';

describe('chooseLanguage', () => {
  it.each([
    [undefined, null, 'en'],
    [undefined, 'de-AT,de;q=0.9,en;q=0.8', 'de'],
    [undefined, 'fr-FR, de;q=0.5, en;q=0.7', 'en'],
    [undefined, 'de;q=0, en;q=0.1', 'en'],
    [undefined, 'garbage;;q=x', 'en'],
    ['de', 'en-US', 'de'],
    ['xx', 'de', 'de'],
    ['toString', null, 'en'],
  ] as const)('for the choice %s and the header %s takes %s', (chosen, accepted, language) => {
    expect(chooseLanguage(chosen, accepted)).toBe(language);
  });
});
