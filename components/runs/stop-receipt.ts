import type { ChatMessage } from '#domain/message-view';
import type { RunUsage, RunView } from '#domain/run-view';

/** What a stop has left. */
export type StopReceipt = {
  /** of this run, in the texts that are kept */
  words: number;
  /** null where no model call began */
  usage: Pick<RunUsage, 'totalTokens' | 'estimated'> | null;
  /** names of tools that had acted, each once */
  tools: string[];
};

/**
 * @param run one that was stopped
 * @param answer its message; undefined where it is not shown
 * @param language whose idea of a word counts
 */
export function writeReceipt(run: RunView, answer: ChatMessage | undefined, language: string): StopReceipt {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  const texts = answer?.parts.slice(run.baseParts.length).flatMap((part) => (part.type === 'text' ? [part.text] : []));
  const words = [...segmenter.segment(texts?.join('\n') ?? '')].filter(({ isWordLike }) => isWordLike).length;
  return { words, usage: run.usage, tools: [...new Set(run.toolsActed.map(({ toolName }) => toolName))] };
}
