/** `{name}` is filled in. One that depends on a number is given for each plural form of its language. */
export type Sentence = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
