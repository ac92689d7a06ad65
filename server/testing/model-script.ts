/**
 * What the scripted model server does with a request. Every field can also stand in the question, in kebab-case and
 * without blanks: [[words=200 cut-after=10]].
 */
export type ModelScript = {
  /** how many words a step says; 20 unless told. The words are scriptedText(words, step) */
  words?: number;
  /** tokens of markdown with lists, tables and code instead of those words: scriptedMarkdown(words) */
  markdown?: boolean;
  /** exactly this instead of words; sent in one piece */
  text?: string;
  /** what a request for the chat's title is answered with, underscores for blanks; nothing else here counts for it */
  title?: string;
  /** exactly this instead of words, percent-encoded; sent word by word */
  say?: string;
  /** words of reasoning before the text */
  think?: number;
  /** one more delta of so many characters */
  huge?: number;
  /** more deltas: with a NUL, with a lone surrogate, and a character cut in half between two */
  dirty?: boolean;
  /** send instead of each word the instant of its sending, in ms since 1970 with fractions */
  stamp?: boolean;
  /** milliseconds before each piece */
  delay?: number;
  /** pieces a second; what comes late does not delay the rest */
  rate?: number;
  /** every byte goes out as a write of its own */
  bytes?: boolean;
  /** pieces wait here until release(gate, n) lets n of them through */
  gate?: string;
  /** call this tool at the end of a step, until it was called `steps` − 1 times */
  tool?: string;
  /** its input as JSON */
  input?: string;
  /** model calls of a whole answer; 2 when a tool is given */
  steps?: number;
} & ModelFaults;

export type ModelFaults = {
  /** answer with this HTTP status and an error in OpenAI's form */
  status?: number;
  /** what that error says, with underscores for blanks */
  message?: string;
  /** header Retry-After, seconds */
  retryAfter?: number;
  /** header Retry-After-Ms, milliseconds */
  retryAfterMs?: number;
  /** say nothing at all */
  hang?: boolean;
  /** after so many words: silence with the connection open */
  hangAfter?: number;
  /** after so many words: the connection is torn */
  cutAfter?: number;
  /** after so many words: the stream ends in an orderly way but without a finish reason */
  endAfter?: number;
  /** after so many words: a part that is not JSON */
  malformedAfter?: number;
  /** after so many words: the provider reports an error of its own inside the stream */
  errorAfter?: number;
  /** the fault strikes only the first so many requests with the same question */
  times?: number;
  /** the fault strikes only in this step, counting from 1 */
  step?: number;
};

const faultNames = [
  'status',
  'message',
  'retryAfter',
  'retryAfterMs',
  'hang',
  'hangAfter',
  'cutAfter',
  'endAfter',
  'malformedAfter',
  'errorAfter',
] as const satisfies (keyof ModelFaults)[];

const textNames = new Set(['text', 'say', 'gate', 'title', 'tool', 'input', 'message']);

/** The script inside [[…]], words like `cut-after=10` or `hang`; empty when there is none. */
export function readDirectives(question: string): ModelScript {
  const directives = question.match(/\[\[(.*?)\]\]/s)?.[1]?.trim();
  if (directives === undefined || directives === '') return {};
  const entries = directives.split(/\s+/).map((directive) => {
    const [name = '', ...rest] = directive.split('=');
    const key = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const value = rest.join('=');
    if (textNames.has(key)) return [key, value];
    return [key, value === '' ? true : Number(value)];
  });
  return Object.fromEntries(entries) as ModelScript;
}

/**
 * The script without its faults, where they do not strike.
 *
 * @param position the step of the answer and how often the same question came, both from 1
 */
export function strikeFaults(script: ModelScript, position: { step: number; attempt: number }): ModelScript {
  const strikes =
    (script.step === undefined || script.step === position.step) &&
    (script.times === undefined || position.attempt <= script.times);
  if (strikes) return script;
  const kept = Object.entries(script).filter(([name]) => !(faultNames as readonly string[]).includes(name));
  return Object.fromEntries(kept) as ModelScript;
}
