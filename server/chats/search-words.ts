/** What a person types into a search, as the words of the index (SQL function message_words). */

/** Scripts that put no blanks between words: each character is a word there, as in message_words. */
const dense = String.raw`\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff`;
const denseRun = new RegExp(`^[${dense}]+$`, 'v');
const wordCharacter = String.raw`[[\p{L}\p{N}\p{M}]--[${dense}]]`;
const anyWord = new RegExp(`[${dense}]+|${wordCharacter}+`, 'gv');

export type SearchWords = {
  /** for to_tsquery('simple', …): all words, the last one perhaps unfinished. Empty when there is no word */
  tsquery: string;
  /** finds the words where the index finds them; matches nothing when there is no word */
  inText: RegExp;
  /** finds them anywhere, as titles are searched */
  inTitle: RegExp;
  /** patterns for ILIKE, all of which a title must fit */
  titleLikes: string[];
};

/** @param query not blank */
export function readSearchWords(query: string): SearchWords {
  const words = query.match(anyWord) ?? [];
  const pieces = query.split(/\s+/).filter((piece) => piece !== '');
  return {
    tsquery: words.map((word, index) => toLexemes(word, index === words.length - 1)).join(' & '),
    inText: toPattern(words.map((word, index) => toWordPattern(word, index === words.length - 1))),
    inTitle: toPattern(pieces.map(escapePattern)),
    titleLikes: pieces.map((piece) => `%${escapeLike(piece)}%`),
  };
}

function toLexemes(word: string, isLast: boolean): string {
  if (denseRun.test(word)) return `(${Array.from(word, (character) => `'${character}'`).join(' <-> ')})`;
  return isLast ? `'${word}':*` : `'${word}'`;
}

function toWordPattern(word: string, isLast: boolean): string {
  if (denseRun.test(word)) return word;
  return `(?<!${wordCharacter})${word}${isLast ? `${wordCharacter}*` : `(?!${wordCharacter})`}`;
}

function toPattern(alternatives: string[]): RegExp {
  return new RegExp(alternatives.length === 0 ? '(?!)' : alternatives.join('|'), 'giv');
}

const escapePattern = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** Text → the same text inside a pattern of LIKE. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
