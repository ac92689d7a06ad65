/** What each ink is used for; the inks themselves are tokens of the page, which know both themes. */
const inks: Record<string, string[]> = {
  comment: ['comment', 'punctuation.definition.comment', 'meta.separator'],
  keyword: ['keyword', 'storage', 'variable.language', 'markup.deleted', 'entity.name.tag', 'constant.language'],
  string: ['string', 'markup.inserted', 'markup.inline.raw', 'constant.character.escape', 'string.regexp'],
  number: ['constant.numeric', 'constant.other', 'support.constant', 'keyword.other.unit', 'entity.other.attribute-name'],
  name: ['entity.name.function', 'support.function', 'support.type.property-name', 'markup.heading', 'meta.object-literal.key'],
  type: ['entity.name.type', 'entity.name.class', 'support.type', 'support.class', 'entity.other.inherited-class'],
};

const plain = ['keyword.operator', 'punctuation', 'string.template meta.template.expression'];

const foreground = 'var(--foreground)';

/** Colours of code, as a theme of TextMate grammars. */
export const codeTheme = {
  name: 'holdfast',
  type: 'light' as const,
  colors: { 'editor.foreground': foreground, 'editor.background': 'var(--card)' },
  tokenColors: [
    { settings: { foreground } },
    ...Object.entries(inks).map(([ink, scope]) => ({ scope, settings: { foreground: `var(--code-${ink})` } })),
    { scope: plain, settings: { foreground } },
  ],
};

/** Whether a colour of that theme says something that the colour of all text does not. */
export const isInk = (color: string | undefined): color is string => color !== undefined && color !== foreground;
