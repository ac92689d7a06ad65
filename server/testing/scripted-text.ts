/** One turn of the text: markdown, several scripts, joined emoji, combining marks, surrogate pairs, line breaks. */
const turn: readonly string[] = [
  'The ',
  'quick ',
  '**brown** ',
  '狐狸 ',
  'jumps ',
  '👩‍👩‍👧‍👦 ',
  'over ',
  'é\u0301tude ',
  '`const x = "</script>";` ',
  '𝒻ancy ',
  'مرحبا ',
  'naïve ',
  'dog.\n\n',
  '- one\n',
  '- two 🚀\n\n',
  '> quoted & <b>safe</b>\n\n',
  '```ts\nconst π = 3.14; // ≈\n```\n\n',
  '한국어 ',
  '\t"quotes" \\n ',
];

/**
 * The words of a step, one element per delta; every fifth is its own number, so that a lost or doubled one shows.
 *
 * @param step counts from 1
 */
export function scriptedWords(count: number, step = 1): string[] {
  return Array.from({ length: count }, (_, index) =>
    index % 5 === 4 ? `${step}.${index + 1} ` : turn[index % turn.length]!,
  );
}

/** The same as one string. */
export function scriptedText(count: number, step = 1): string {
  return scriptedWords(count, step).join('');
}
