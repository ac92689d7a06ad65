/**
 * I7: a tool starts only once its model call and its own start are recorded, never for a step that is completed, and
 * one that is not idempotent starts once.
 */
import type { RunRecord, ToolCallRow } from './chat-records.ts';
import type { ToolStartSeen } from './evidence.ts';
import { chunksOfRows } from './read-journal-rows.ts';
import type { Finding } from './violation.ts';

const broken = (what: string): Finding => ({ invariant: 'I7', what });
const nameOf = ({ toolName, stepNumber, ordinal }: ToolCallRow) => `${toolName} (step ${stepNumber}, call ${ordinal})`;

export function checkTools(run: RunRecord): Finding[] {
  return [...run.tools.flatMap((tool) => checkTool(run, tool)), ...checkCallsKept(run)];
}

function checkTool({ calls, steps }: RunRecord, tool: ToolCallRow): Finding[] {
  const call = calls.find(({ stepNumber }) => stepNumber === tool.stepNumber);
  const step = steps.find(({ stepNumber }) => stepNumber === tool.stepNumber);
  return [
    !tool.idempotent && tool.starts !== 1 && `${nameOf(tool)} is not idempotent and was started ${tool.starts} times`,
    !call && `${nameOf(tool)} was started without a record of its model call`,
    call && tool.startedAt < call.createdAt && `${nameOf(tool)} was started before its model call was recorded`,
    step && tool.startedAt > step.createdAt && `${nameOf(tool)} was started after its step was completed`,
  ].flatMap((what) => (what ? [broken(what)] : []));
}

/** A model call that was recorded is never made again, so its step is never wiped. */
function checkCallsKept({ calls, steps, chunks }: RunRecord): Finding[] {
  return calls.flatMap(({ stepNumber, lastSeq }) => {
    const end = steps.find((step) => step.stepNumber === stepNumber)?.lastSeq ?? Infinity;
    const after = chunksOfRows(chunks.filter(({ fromSeq, toSeq }) => fromSeq > lastSeq && toSeq <= end));
    if (!after.some(({ type }) => type === 'reset-step')) return [];
    return [broken(`step ${stepNumber} was wiped although its model call was recorded`)];
  });
}

/** @param seen what the tools' own servers saw of this run */
export function checkToolStarts(run: RunRecord, seen: readonly ToolStartSeen[]): Finding[] {
  return [...Map.groupBy(seen, ({ idempotencyKey }) => idempotencyKey)].flatMap(([key, starts]) => {
    const tool = run.tools.find(({ stepNumber, ordinal }) => `${run.id}.${stepNumber}.${ordinal}` === key);
    const { toolName, idempotent } = starts[0]!;
    const wasOnce = idempotent || starts.length === 1;
    if (!wasOnce) return [broken(`${toolName} is not idempotent, and ${key} came to it ${starts.length} times`)];
    if (!tool) return [broken(`${toolName} was started as ${key}, which is not recorded`)];
    return [
      tool.starts < starts.length && `${nameOf(tool)} was started ${starts.length} times, ${tool.starts} are recorded`,
      tool.toolName !== toolName && `${nameOf(tool)} is recorded, ${toolName} was started`,
      tool.idempotent !== idempotent && `${nameOf(tool)} is recorded as if it were ${idempotent ? 'not ' : ''}idempotent`,
    ].flatMap((what) => (what ? [broken(what)] : []));
  });
}

/** The run that a key was made for; null for a key that is not ours. */
export const runOfKey = ({ idempotencyKey }: ToolStartSeen): string | null =>
  /^([0-9a-f-]{36})\.\d+\.\d+$/.exec(idempotencyKey)?.[1] ?? null;
