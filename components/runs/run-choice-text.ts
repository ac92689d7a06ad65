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
