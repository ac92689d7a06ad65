/** Fenced and inline code, where a dollar is a dollar. */
const code = /(```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`)/;

/** `$x$` on one line, by the rule that leaves "$5 and $10" alone: no blank inside of a dollar, no digit after. */
const singleDollars = /(?<![\\$\w])\$(?![\s$])([^$\n]*?[^\s\\$])\$(?![\d$\w])/g;

const signs = /\$\$|\\[([]|^\s*(?:```|~~~)math\b/m;

/** Whether a text may hold formulas; quick, as it is asked at each word. */
export function mayHoldMath(text: string): boolean {
  return signs.test(text) || (text.includes('$') && text.search(singleDollars) !== -1);
}

/**
 * Formulas as models write them, `\(x\)`, `\[x\]` and `$x$`, in the one way that markdown knows here: `$$x$$`, in lines
 * of their own when the formula stands alone. The last one may not be closed yet.
 */
export function toDollarMath(text: string): string {
  return text
    .split(code)
    .map((piece, index) => (index % 2 === 0 ? convert(piece) : piece))
    .join('');
}

function convert(text: string): string {
  return text
    .replace(/^([ \t]*)\\\[([\s\S]*?)\\\][ \t]*$/gm, standAlone)
    .replace(/^([ \t]*)\$\$([^$\n]+)\$\$[ \t]*$/gm, standAlone)
    .replace(/(^|\n)([ \t]*)\\\[((?:(?!\\\])[\s\S])*)$/, '$1$2$$$$\n$2$3')
    .replace(/\\\((.+?)\\\)|\\\[(.+?)\\\]/g, (_, round?: string, square?: string) => `$$${round ?? square}$$`)
    .replace(singleDollars, '$$$$$1$$$$');
}

const standAlone = (_: string, indent: string, formula: string) =>
  `${indent}$$\n${indent}${formula.trim()}\n${indent}$$`;
