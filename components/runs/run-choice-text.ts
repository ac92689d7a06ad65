import type { RunView, ToolActed } from '#domain/run-view';

/** What to say beside Continue and Retry. */
export type RunChoiceText = {
  /** what each of them does */
  difference: string;
  /** what doing it may do a second time */
  warnings: string[];
};

/** @param run one that has failed */
export function describeRunChoice({ baseParts, stepCount, toolsActed }: RunView): RunChoiceText {
  const hasCompletedStep = stepCount > 0 || baseParts.length > 0;
  const difference = hasCompletedStep
    ? 'Continue goes on after the last completed step; Retry writes a new answer from the start.'
    : 'No step was completed: Continue writes this answer again, Retry a new one.';
  return { difference, warnings: warningsOf(toolsActed) };
}

function warningsOf(toolsActed: readonly ToolActed[]): string[] {
  const open = namesOf(toolsActed.filter((tool) => !tool.stepCompleted));
  const completed = namesOf(toolsActed.filter((tool) => tool.stepCompleted)).filter((name) => !open.includes(name));
  return [warn(open, 'continuing or retrying'), warn(completed, 'retrying')].filter((warning) => warning !== null);
}

function warn(names: readonly string[], way: string): string | null {
  if (names.length === 0) return null;
  const list = new Intl.ListFormat('en-GB').format(names);
  return `${list} may already have run; ${way} may run ${names.length === 1 ? 'it' : 'them'} again.`;
}

const namesOf = (tools: readonly ToolActed[]) => [...new Set(tools.map(({ toolName }) => toolName))];
