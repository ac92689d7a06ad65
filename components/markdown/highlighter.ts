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

const warmed = new Set<string>();

/**
 * Colour code, line by line. The grammar of a language is loaded when it is first needed; growing code is read on from
 * its last whole line.
 *
 * @returns no lines for a language nobody knows
 */
export async function highlight({ code, language, isIncomplete }: Code): Promise<Token[][]> {
  if (!isLanguage(language)) return [];
  if (!warmed.has(language)) {
    warmed.add(language);
    // The first line makes the grammar ready, on a slow machine for longer than a line is given: it is read twice.
    await read({ code: code.split('\n', 1)[0]!, language, isIncomplete: true });
  }
  const { tokens } = await read({ code, language, isIncomplete });
  return tokens.map(inkLine);
}

function read(code: Code & { language: Language }): Promise<Result> {
  return new Promise((resolve) => {
    const known = highlighter.highlight({ ...code, themes }, resolve);
    if (known) resolve(known);
  });
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
