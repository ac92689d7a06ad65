import { createCodePlugin } from '@streamdown/code';
import { codeTheme, isInk } from './code-theme.ts';

/** A piece of a line; without an ink it has the colour of all text. */
export type Token = { text: string; ink?: string };

export type Code = { code: string; language: string; isIncomplete: boolean };

type Highlighter = ReturnType<typeof createCodePlugin>;
type Language = Parameters<Highlighter['supportsLanguage']>[0];
type Result = NonNullable<ReturnType<Highlighter['highlight']>>;

// It is told a light and a dark theme; ours is both.
const themes: [typeof codeTheme, typeof codeTheme] = [codeTheme, codeTheme];
const highlighter = createCodePlugin({ themes });

/**
 * Colour code, line by line. The grammar of a language is loaded when it is first needed; growing code is read on from
 * its last whole line.
 *
 * @param onTokens called once, at once or later; never for a language nobody knows
 */
export function highlight({ code, language, isIncomplete }: Code, onTokens: (lines: Token[][]) => void): void {
  if (!isLanguage(language)) return;
  const tell = (result: Result) => onTokens(result.tokens.map(inkLine));
  const known = highlighter.highlight({ code, language, isIncomplete, themes }, tell);
  if (known) tell(known);
}

const isLanguage = (name: string): name is Language => highlighter.supportsLanguage(name as Language);

/** Neighbours of one colour become one token: fewer elements in the page. */
function inkLine(line: Result['tokens'][number]): Token[] {
  const tokens: Token[] = [];
  for (const { content, color, htmlStyle } of line) {
    const shown = htmlStyle?.color ?? color;
    const ink = isInk(shown) ? shown : undefined;
    const last = tokens.at(-1);
    if (last && (last.ink === ink || content.trim() === '')) last.text += content;
    else tokens.push({ text: content, ink });
  }
  return tokens;
}
