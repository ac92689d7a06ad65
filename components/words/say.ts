import type { english, WordKey, Words } from './english.ts';
import type { Sentence } from './sentence.ts';
import type { Language } from './languages.ts';

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type TextOf<S extends Sentence> = S extends string ? S : S extends { other: infer Other } ? Other : never;
type Blanks<Key extends WordKey> = Names<TextOf<(typeof english)[Key]>>;
/** A sentence with plural forms also takes the number that decides. */
type Values<Key extends WordKey> = Record<Blanks<Key>, string | number> &
  ((typeof english)[Key] extends string ? unknown : { count: number });

/** The sentence of a key, with its blanks filled in; numbers are written as the language writes them. */
export type Say = <Key extends WordKey>(
  key: Key,
  ...values: unknown extends Values<Key> ? [] : keyof Values<Key> extends never ? [] : [Values<Key>]
) => string;

/** @param words those of the language */
export function createSay(language: Language, words: Words): Say {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, ...[values]) => {
    const filled = (values ?? {}) as Record<string, string | number>;
    // An older page may be told of what only newer words know.
    const sentence = (words as Partial<Words>)[key] ?? key;
    const text = typeof sentence === 'string' ? sentence : (sentence[plurals.select(Number(filled.count))] ?? sentence.other);
    return text.replace(/\{(\w+)\}/g, (blank, name: string) => {
      const value = filled[name];
      if (value === undefined) return blank;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}
