import type { Say } from '#components/words/say.ts';
import type { SavedPrompt } from '#domain/saved-prompt';

/** What can be chosen after a slash. */
export type PromptChoice = { id: string; name: string; text: string; isOwn: boolean };

const builtIn = ['summarise', 'explain', 'translate', 'grammar', 'shorten'] as const;

/** What stands after the slash of a text that is nothing else; null for any other text. */
export function slashQuery(text: string): string | null {
  return /^\/([^\n/]{0,60})$/.exec(text)?.[1] ?? null;
}

/** The prompts whose name holds the words of the query. A person's own stand last: they come a moment later. */
export function matchPrompts(own: readonly SavedPrompt[], query: string, say: Say): PromptChoice[] {
  const all = [
    ...builtIn.map((id) => ({ id, name: say(`prompt.${id}`), text: say(`prompt.${id}.text`), isOwn: false })),
    ...own.map((prompt) => ({ ...prompt, isOwn: true })),
  ];
  const words = query.toLowerCase().split(/\s+/);
  return all.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
