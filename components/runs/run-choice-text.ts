import type { ChatMessage } from '#domain/message-view';
import type { RunView, ToolActed } from '#domain/run-view';

/** What to say beside Continue and Retry, as keys of the words. */
export type RunChoiceText = {
  /** what each of them does */
  difference: 'choice.afterStep' | 'choice.fromStart';
  /** what doing it may do a second time */
  warnings: RunChoiceWarning[];
};

/** tools: names, at least one, each once */
export type RunChoiceWarning = { key: 'choice.warnBoth' | 'choice.warnRetry'; tools: readonly string[] };

/** @param run one that has failed */
export function describeRunChoice({ baseParts, stepCount, toolsActed }: RunView): RunChoiceText {
  const hasCompletedStep = stepCount > 0 || baseParts.length > 0;
  return { difference: hasCompletedStep ? 'choice.afterStep' : 'choice.fromStart', warnings: warningsOf(toolsActed) };
}

/**
 * What Continue does to an answer that was stopped, as a key of the words; null where it wipes no words.
 *
 * @param answer of the run; undefined where it is not shown
 */
export function describeRewriting(
  { baseParts, stepCount }: RunView,
  answer: ChatMessage | undefined,
): 'choice.rewritesStep' | 'choice.rewritesAll' | null {
  const written = answer?.parts.slice(baseParts.length) ?? [];
  const openStep = written.flatMap(({ type }, i) => (type === 'step-start' ? [i] : []))[stepCount];
  const isWiped = openStep !== undefined && written.slice(openStep).some((part) => part.type === 'text' && part.text !== '');
  if (!isWiped) return null;
  return stepCount > 0 || baseParts.length > 0 ? 'choice.rewritesStep' : 'choice.rewritesAll';
}

function warningsOf(toolsActed: readonly ToolActed[]): RunChoiceWarning[] {
  const open = namesOf(toolsActed.filter((tool) => !tool.stepCompleted));
  const completed = namesOf(toolsActed.filter((tool) => tool.stepCompleted)).filter((name) => !open.includes(name));
  const warnings: RunChoiceWarning[] = [
    { key: 'choice.warnBoth', tools: open },
    { key: 'choice.warnRetry', tools: completed },
  ];
  return warnings.filter(({ tools }) => tools.length > 0);
}

const namesOf = (tools: readonly ToolActed[]) => [...new Set(tools.map(({ toolName }) => toolName))];
